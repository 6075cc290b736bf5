"""The checkout as a buyer uses it, without scripts."""

import datetime

import pytest
from django.utils import timezone

from orders.models import Order, Payment, SalesPolicy
from tests.checkout_forms import POSTAGE, carry, cart_of, filled
from tests.checkout_visits import PATH, cart, selling
from tests.factories import UserFactory

__all__ = ["cart", "selling"]  # fixtures


pytestmark = pytest.mark.django_db


class TestLooking:
    def test_the_page_asks_everything_at_once_and_needs_no_account(self, client, cart):
        response = client.get(PATH)

        assert response.status_code == 200
        for words in (
            "Nama Anda",
            "Nomor ponsel",
            "Kecamatan",
            "Kurir dan ongkirnya muncul setelah kecamatan atau negara dipilih.",
            "Transfer bank",
            "Total tanpa ongkir",
            "Rp150.000",
            'name="terms" value="2026-01"',
        ):
            assert words in response.text
        assert "Kurir Contoh Reguler" not in response.text

    def test_no_cache_keeps_it_and_no_robot_lists_it(self, client, cart):
        for path in (PATH, "/en/checkout/"):
            response = client.get(path)
            assert response["Cache-Control"] == "no-store, private"
            assert '<meta name="robots" content="noindex">' in response.text

    def test_its_header_leads_nowhere_else(self, client, cart):
        html = client.get(PATH).text

        assert "Bantuan" in html
        assert 'class="site-nav"' not in html

    def test_an_empty_cart_and_a_changed_one_lead_to_the_cart(self, client):
        assert client.get(PATH).url == "/keranjang/"
        changed = cart_of(price=140_000)
        carry(client, changed)
        assert client.get(PATH).url == "/keranjang/"

    def test_english_is_complete(self, client, cart):
        html = client.get("/en/checkout/").text

        for words in ("Your name", "You and your address", "Bank transfer", "Place the order"):
            assert words in html

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_other_methods_are_refused(self, client, method):
        assert getattr(client, method)(PATH).status_code == 405


class TestReckoning:
    def test_a_district_brings_couriers_with_price_and_days(self, client, cart):
        html = client.post(PATH, filled(cart, intent="refresh", way_=None)).text

        first = timezone.localdate() + datetime.timedelta(days=2 + 2)
        assert "Kurir Contoh Reguler" in html
        assert "Rp13.000" in html
        assert f"Perkiraan tiba {first.day} " in html
        assert "Ambil di tempat" in html
        assert "gratis" in html
        assert "Buat pesanan, Rp163.000" in html

    def test_everything_typed_comes_back_and_nothing_is_checked(self, client, cart):
        sent = filled(
            cart, intent="refresh", name="", mobile="08", street="Jalan <b>Aneh", consent=None
        )
        response = client.post(PATH, sent)

        html = response.text
        assert 'value="08"' in html
        assert "Jalan &lt;b&gt;Aneh" in html
        assert "form-field--error" not in html
        assert "Galat:" not in html
        assert Order.objects.exists() is False

    def test_the_country_s_own_button_draws_its_fields(self, client, cart):
        html = client.post(PATH, filled(cart, intent=None, refresh="1", country="NL")).text

        assert 'name="city"' in html
        assert 'name="district"' not in html

    def test_who_collects_everything_needs_no_address(self, client, cart):
        html = client.post(PATH, filled(cart, intent="refresh", receive="collect")).text

        assert "Buat pesanan, Rp150.000" in html

    def test_insurance_is_added_when_it_is_wished(self, client, cart):
        maker = cart.lines.get().variant.product.artisan_id
        html = client.post(PATH, filled(cart, intent="refresh", **{f"insured_{maker}": "on"})).text

        assert "Buat pesanan, Rp168.000" in html

    def test_several_workshops_may_send_one_parcel(self, client):
        cart = cart_of(2)
        carry(client, cart)
        html = client.post(PATH, filled(cart, intent="refresh", parcels="together")).text

        assert "Satu paket dari Dekranasda di Lumajang" in html
        assert "Buat pesanan, Rp313.000" in html

    def test_qris_stays_with_its_reason_above_the_limit(self, client, cart):
        SalesPolicy.objects.create(qris_limit=100_000)

        html = client.get(PATH).text

        assert "Dengan QRIS paling banyak Rp100.000 dapat dibayar." in html
        assert html.count("disabled") == 1

    @pytest.mark.parametrize("makers", [1, 3])
    def test_it_costs_the_same_queries_for_any_number_of_workshops(
        self, client, makers, django_assert_num_queries
    ):
        cart = cart_of(makers)
        carry(client, cart)
        sent = filled(cart, intent="refresh")

        with django_assert_num_queries(22):
            client.post(PATH, sent)


class TestPlacing:
    def test_a_guest_orders_and_is_led_to_the_order(self, client, cart):
        response = client.post(PATH, filled(cart))

        order = Order.objects.get()
        assert response.status_code == 303
        assert f"/pesanan/{order.number}/" in response.url
        assert (order.name, str(order.phone), order.email) == (
            "Retno Contoh",
            "+6281234567890",
            "retno@contoh.example",
        )
        assert (order.goods, order.shipping, order.total) == (150_000, POSTAGE, 163_000)
        assert order.user is None
        assert order.language == "id"
        assert (order.terms.version, order.privacy.version) == ("2026-01", "2026-01")
        assert order.destination.lines() == [
            "Retno Contoh",
            "Jalan Kenanga 14",
            "Tempeh Lor, Kec. Tempeh",
            "Kabupaten Lumajang, Jawa Timur 67371",
        ]
        assert order.payments.get().method == Payment.Method.TRANSFER
        assert cart.lines.exists() is False
        assert client.get(response.url).status_code == 200

    def test_the_same_form_again_ends_at_the_same_order(self, client, cart):
        sent = filled(cart)

        first = client.post(PATH, sent)
        assert (
            client.cookies["__Host-cart" if "__Host-cart" in client.cookies else "cart"].value == ""
        )
        again = client.post(PATH, sent)

        assert again.status_code == 303
        assert again.url == first.url
        assert Order.objects.count() == 1

    def test_a_stranger_s_key_opens_no_order_of_an_account(self, client, cart):
        user = UserFactory()
        client.force_login(user)
        own = cart_of(user=user)
        sent = filled(own)
        client.post(PATH, sent)
        client.logout()
        carry(client, cart)

        response = client.post(PATH, sent)

        assert response.status_code == 200
        assert Order.objects.count() == 1

    def test_notes_and_greeting_reach_the_order(self, client, cart):
        maker = cart.lines.get().variant.product.artisan_id
        client.post(PATH, filled(cart, gift_note="Selamat!", **{f"note_{maker}": "Warna tua"}))

        order = Order.objects.get()
        assert order.gift_note == "Selamat!"
        assert order.suborders.get().note == "Warna tua"

    def test_somebody_else_may_receive_it(self, client, cart):
        client.post(PATH, filled(cart, recipient="Bu Sari", phone="0813-1111-2222"))

        destination = Order.objects.get().destination
        assert destination.recipient == "Bu Sari"
        assert str(destination.phone) == "+6281311112222"

    def test_who_collects_gives_no_address(self, client, cart):
        sent = filled(cart, receive="collect", shown_total=150_000, district="", village="")
        client.post(PATH, sent)

        order = Order.objects.get()
        assert order.suborders.get().delivery == "pickup"
        assert hasattr(order, "destination") is False

    def test_an_english_page_makes_an_english_order(self, client, cart):
        response = client.post("/en/checkout/", filled(cart))

        assert Order.objects.get().language == "en"
        assert response.url.startswith("/en/orders/")

    def test_forged_prices_and_owners_are_ignored(self, client, cart):
        other = UserFactory()
        forged = {"price": "1", "total": "1", "goods": "1", "user": other.pk, "status": "paid"}
        client.post(PATH, filled(cart, **forged))

        order = Order.objects.get()
        assert (order.total, order.user, order.status) == (163_000, None, "pending")
