"""Finding an order again with its number and one's contact, and learning nothing else."""

import statistics
import time

import pytest
from django.test import Client

from orders import links, tracking
from tests.order_rows import OrderFactory

pytestmark = pytest.mark.django_db

SORRY = "Tidak ada pesanan dengan nomor dan kontak ini."


@pytest.fixture
def order():
    return OrderFactory(
        number="KL-2611-00482", email="retno@contoh.example", phone="+6281234567890"
    )


def search(client, number="KL-2611-00482", contact="retno@contoh.example", url="/lacak/", **meta):
    return client.post(url, {"number": number, "contact": contact}, **meta)


class TestFinding:
    @pytest.mark.parametrize(
        ("number", "contact"),
        [
            ("KL-2611-00482", "retno@contoh.example"),
            (" kl-2611-00482 ", " Retno@Contoh.example "),
            ("KL-2611-00482", "+6281234567890"),
            ("KL-2611-00482", "0812-3456-7890"),
        ],
    )
    def test_number_and_contact_lead_to_the_page(self, client, order, number, contact):
        response = search(client, number, contact)

        assert (response.status_code, response["Location"]) == (302, links.path(order))

    def test_it_answers_in_english_below_en(self, client, order):
        response = search(client, url="/en/track/")

        assert response["Location"].startswith("/en/orders/KL-2611-00482/")

    def test_an_order_without_e_mail_is_found_by_phone_only(self, client):
        order = OrderFactory(number="KL-2611-00483", email="")

        assert search(client, order.number, "0812 3456 7890").status_code == 302
        assert search(client, order.number, "retno@contoh.example").status_code == 200

    def test_after_a_revocation_it_leads_to_the_new_link(self, client, order):
        old = links.path(order)
        links.revoke(order)

        found = search(client)["Location"]

        assert found != old
        assert client.get(found).status_code == 200


WRONG = [
    ("KL-2611-99999", "retno@contoh.example"),  # unknown number
    ("KL-2611-00482", "lain@contoh.example"),  # wrong e-mail address
    ("KL-2611-00482", "+6281234567899"),  # wrong number
    ("KL-2611-00482", "é@ü"),
    ("KL-2611-00482", "None"),
    ("' OR 1=1 --", "x"),
    ("9" * 5000, "8" * 5000),
]


class TestTellingNothing:
    @pytest.mark.parametrize(("number", "contact"), WRONG)
    def test_whatever_is_wrong_the_answer_is_the_same(self, client, order, number, contact):
        response = search(client, number, contact)

        assert response.status_code == 200
        assert SORRY in response.text
        assert response.context["form"].errors == {"__all__": [f"{SORRY} Periksa keduanya."]}

    @pytest.mark.parametrize(("number", "contact"), WRONG)
    def test_whatever_is_wrong_costs_the_same_queries(
        self, client, order, number, contact, django_assert_num_queries
    ):
        with django_assert_num_queries(2):
            search(client, number, contact)

    def test_an_unknown_number_takes_as_long_as_a_wrong_contact(self, order):
        def median(number: str) -> float:
            spent = []
            for _ in range(100):
                start = time.perf_counter()
                tracking.by_contact(number, "lain@contoh.example")
                spent.append(time.perf_counter() - start)
            return statistics.median(spent)

        assert abs(median("KL-2611-00482") - median("KL-2611-99999")) < 0.010

    def test_no_contact_on_the_order_is_no_contact_to_guess(self, client):
        order = OrderFactory(number="KL-2611-00484", email="")

        assert tracking.by_contact(order.number, "") is None

    @pytest.mark.parametrize("missing", ["number", "contact"])
    def test_an_empty_field_is_said_beside_it(self, client, order, missing):
        response = search(client, **{missing: "  "})

        assert list(response.context["form"].errors) == [missing]
        assert "<title>Galat:" in response.text

    def test_what_was_typed_is_not_lost(self, client, order):
        assert "lain@contoh.example" in search(client, contact="lain@contoh.example").text


class TestLimit:
    def test_the_eleventh_of_an_hour_is_refused_even_when_it_is_right(self, client, order):
        for _ in range(10):
            assert search(client, contact="lain@contoh.example").status_code == 200

        response = search(client)

        assert (response.status_code, response["Retry-After"]) == (429, "3600")
        assert "Terlalu banyak percobaan" in response.text
        assert search(client, REMOTE_ADDR="10.0.0.9").status_code == 302

    def test_looking_at_the_form_does_not_count(self, client, order):
        for _ in range(12):
            assert client.get("/lacak/").status_code == 200

        assert search(client).status_code == 302


class TestPage:
    def test_it_is_not_indexed_nor_stored_and_is_linked_from_every_page(self, client):
        response = client.get("/lacak/")

        assert '<meta name="robots" content="noindex, follow">' in response.text
        assert response["Cache-Control"] == "no-store, private"
        assert client.get("/tentang/").text.count('href="/lacak/"') == 2
        assert client.get("/en/about/").text.count('href="/en/track/"') == 2

    def test_only_a_form_of_ours_may_ask(self, order):
        assert search(Client(enforce_csrf_checks=True)).status_code == 403
        assert Client().put("/lacak/").status_code == 405
