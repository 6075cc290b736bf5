"""What sending a work costs, asked from its page: an answer of one's own, the same for everyone."""

import datetime

import pytest
from django.utils import timezone

from accounts import regions
from orders.models import CourierService, Rate, Zone
from tests.checkout_forms import couriers
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
QUERIES = 6  # the work, its variants, their tiers, services with excluded goods, zone, rates


@pytest.fixture
def work():
    couriers()
    return ProductFactory(slug="kain", name="Kain pisang")


def test_the_page_of_a_work_asks_for_one_of_38_provinces(client, work):
    html = client.get("/produk/kain/").text

    form = html.partition("data-estimate")[2].partition("</form>")[0]
    assert 'action="/ongkir/kain/"' in html
    assert form.count("<option") == 39
    assert '<option value="35">Jawa Timur</option>' in form
    assert len(regions.provinces()) == 38


def test_what_is_sold_out_asks_nothing(client):
    ProductFactory(slug="kain", variant__on_hand=0)

    assert "data-estimate" not in client.get("/produk/kain/").text


def test_a_province_is_answered_with_price_and_days(client, work):
    html = client.get("/ongkir/kain/", {"to": "35"}).text

    ready = timezone.localdate() + datetime.timedelta(days=2)
    first, last = (ready + datetime.timedelta(days=days) for days in (2, 3))
    assert "Kurir Contoh Reguler" in html
    assert "Rp13.000" in html
    assert f"{first.day} " in html
    assert f"–{last.day} " in html
    assert f"siap kirim {ready.day} " in html
    assert "Ongkir pasti setelah alamatnya diketahui." in html


def test_a_script_gets_the_answer_alone(client, work):
    html = client.get("/ongkir/kain/", {"to": "35", "fragment": "1"}).text

    assert "Rp13.000" in html
    assert "<html" not in html
    assert "Pilih provinsi atau negara." in client.get("/ongkir/kain/?to=&fragment=1").text


def test_the_cheapest_comes_first_and_who_refuses_is_left_out(client, work):
    for code, price, longest in [("murah", 9_000, None), ("kecil", 1_000, 5)]:
        service = CourierService.objects.create(
            code=code, carrier="Kurir", name=code, max_side_cm=longest, position=9
        )
        Rate.objects.create(
            service=service,
            zone=Zone.objects.get(),
            first_price=price,
            next_price=price,
            days_min=1,
            days_max=1,
        )
    html = client.get("/ongkir/kain/", {"to": "35"}).text

    assert html.index("Rp9.000") < html.index("Rp13.000")
    assert "Rp1.000" not in html


@pytest.mark.parametrize(
    ("changes", "to", "sentence"),
    [
        ({}, "11", "Belum ada kurir yang membawa karya ini ke sana."),
        ({}, "NL", "Belum ada kurir yang membawa karya ini ke sana."),
        ({"is_exportable": False}, "NL", "Kain pisang tidak dikirim ke luar negeri."),
    ],
)
def test_where_nothing_goes_the_page_says_so(client, work, changes, to, sentence):
    for name, value in changes.items():
        setattr(work, name, value)
    work.save()

    assert sentence in client.get("/ongkir/kain/", {"to": to}).text


@pytest.mark.parametrize("to", ["", "99", "ID", "XX", "35.08", "\0", "<b>"])
def test_no_place_or_a_wrong_one_is_asked_again(client, work, to):
    response = client.get("/ongkir/kain/", {"to": to})

    assert response.status_code == 200
    assert "Pilih provinsi atau negara." in response.text
    assert "Rp13.000" not in response.text


def test_it_is_kept_by_caches_without_cookies(client, work):
    response = client.get("/ongkir/kain/?to=35")

    assert response["Cache-Control"] == "public, max-age=600"
    assert not response.cookies


@pytest.mark.parametrize("services", [1, 3])
def test_it_costs_the_same_queries_for_any_number_of_couriers(
    client, work, services, django_assert_num_queries
):
    for number in range(services - 1):
        service = CourierService.objects.create(code=f"k{number}", carrier="K", name=f"{number}")
        Rate.objects.create(
            service=service,
            zone=Zone.objects.get(),
            first_price=1,
            next_price=1,
            days_min=1,
            days_max=1,
        )

    with django_assert_num_queries(QUERIES + 1):
        client.get("/ongkir/kain/?to=35")


def test_hidden_works_and_other_methods_get_nothing(client, work):
    assert client.post("/ongkir/kain/").status_code == 405
    assert client.get("/ongkir/tidak-ada/?to=35").status_code == 404
    work.status = "draft"
    work.save()
    assert client.get("/ongkir/kain/?to=35").status_code == 404


def test_english_speaks_english(client, work):
    html = client.get("/en/shipping/kain/", {"to": "35"}).text

    for words in ("What sending costs", "Kurir Contoh Regular", "The price is certain once"):
        assert words in html
