"""Cancelling, and the list of an account’s orders."""

import pytest
from django.test import Client
from django.urls import reverse

from orders import links
from tests.factories import UserFactory
from tests.order_pages import page_of
from tests.order_rows import OrderFactory, place

pytestmark = pytest.mark.django_db


class TestCancelling:
    def test_the_buyer_cancels_an_unpaid_order_and_its_works_are_free(self, client):
        order = place(lines=2)

        response = client.post(f"{page_of(order)}batalkan/", follow=True)

        assert "<h1>Pesanan ini dibatalkan</h1>" in response.text
        order.refresh_from_db()
        assert order.status == "cancelled"
        for line in order.suborders.get().lines.all():
            assert line.variant.reserved == 0
        assert order.events.latest("sequence").source == "buyer"

    def test_a_paid_order_stays_and_the_page_says_so(self, client):
        order = place(status="paid")

        response = client.post(f"{page_of(order)}batalkan/", follow=True)

        assert "tidak dapat dibatalkan lagi" in response.text
        order.refresh_from_db()
        assert order.status == "paid"
        assert "batalkan/" not in response.text

    def test_a_stranger_cancels_nothing(self, client):
        order = place()

        url = reverse("order_cancel", args=[order.number, links.token(place())])

        assert client.post(url).status_code == 404
        order.refresh_from_db()
        assert order.status == "pending"

    def test_without_its_token_the_form_is_refused(self):
        order = place()

        strict = Client(enforce_csrf_checks=True)

        assert strict.post(f"{page_of(order)}batalkan/").status_code == 403


class TestAccount:
    @pytest.fixture
    def buyer(self, client):
        buyer = UserFactory()
        client.force_login(buyer)
        return buyer

    def test_it_lists_one_s_own_orders_and_leads_to_their_pages(self, client, buyer):
        mine, other = place(user=buyer), place(user=UserFactory())

        response = client.get("/akun/pesanan/")

        assert [order for order, _url in response.context["rows"]] == [mine]
        assert f'href="{links.path(mine)}"' in response.text
        assert other.number not in response.text
        assert "2 buah" in response.text
        assert client.get("/en/account/orders/").status_code == 200
        assert response["Cache-Control"] == "no-store, private"

    def test_a_guest_s_order_is_not_claimed_by_an_account_with_its_address(self, client, buyer):
        place(email=buyer.email)

        assert client.get("/akun/pesanan/").context["rows"] == []

    def test_strangers_sign_in_first(self, client):
        response = client.get("/akun/pesanan/")

        assert response["Location"] == "/akun/login/?next=/akun/pesanan/"

    def test_an_empty_list_says_what_will_be_there(self, client, buyer):
        assert "Belum ada pesanan" in client.get("/akun/pesanan/").text

    def test_many_orders_stand_on_pages(self, client, buyer):
        OrderFactory.create_batch(21, user=buyer)

        response = client.get("/akun/pesanan/?page=2")

        assert len(response.context["rows"]) == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same_queries_at_any_length(
        self, client, buyer, count, django_assert_num_queries
    ):
        for _ in range(count):
            place(user=buyer, parts=count)
        client.get("/akun/pesanan/")  # the first page of a session also records the session

        with django_assert_num_queries(9):  # seven know who is there, one counts, one lists
            client.get("/akun/pesanan/")
