"""The pages of the cart: what they cost, who may use them, and what they answer to nonsense."""

import pytest
from django.conf import settings
from django.core import signing
from django.utils import timezone

from catalogue.models import Variant
from orders import cart_cookie
from orders.models import Cart, CartLine
from tests.cart_visits import cart, said
from tests.factories import (
    ArtisanFactory,
    PhotoFactory,
    ProductFactory,
    VariantFactory,
)
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory

__all__ = ["cart"]  # fixtures


pytestmark = pytest.mark.django_db


JSON = {"Accept": "application/json"}


class TestCosts:
    @pytest.mark.parametrize(("lines", "makers"), [(1, 1), (3, 1), (3, 3)])
    def test_it_costs_the_same_queries_however_full_it_is(
        self, client, lines, makers, django_assert_num_queries
    ):
        cart = CartFactory()
        artisans = ArtisanFactory.create_batch(makers)
        for number in range(lines):
            line = CartLineFactory(cart=cart, work__artisan=artisans[number % makers])
            PriceTierFactory(variant=line.variant)
            PhotoFactory(product=line.variant.product, position=1)
        key = signing.dumps((cart.key, lines), salt=cart_cookie.SALT)
        client.cookies[settings.CART_COOKIE_NAME] = key

        with django_assert_num_queries(3):  # the cart, its lines, their wholesale prices
            response = client.get("/keranjang/")

        assert response.text.count('class="cart-line"') == lines
        assert response.text.count('class="cart-group"') == makers


class TestCart:
    def test_it_says_what_comes_from_where_and_what_it_costs(self, client, cart):
        first = CartLineFactory(cart=cart, quantity=2)
        CartLineFactory(cart=cart, work__variant__price=40_000)

        html = client.get("/keranjang/").text

        for words in (
            first.variant.product.name,
            f"dikirim dari {first.variant.product.artisan.district.name}",
            "3 buah dari 2 sanggar.",
            "Rp150.000 per buah",
            "Rp300.000",
            "Rp340.000",
            'href="/checkout/"',
        ):
            assert words in html

    def test_no_cache_keeps_it_and_no_robot_lists_it(self, client, cart):
        CartLineFactory(cart=cart)

        for path in ("/keranjang/", "/en/cart/"):
            response = client.get(path)
            assert response["Cache-Control"] == "no-store, private"
            assert '<meta name="robots" content="noindex">' in response.text

    def test_an_empty_one_leads_on(self, client):
        ProductFactory()

        response = client.get("/keranjang/")

        assert "Belum ada karya di keranjang." in response.text
        assert response.text.count('class="product-card"') == 1

    def test_changes_stand_line_by_line_and_stop_the_order(self, client, cart):
        line = CartLineFactory(cart=cart, price=140_000)
        sold = CartLineFactory(cart=cart)
        Variant.objects.filter(pk=sold.variant_id).update(on_hand=0)

        html = client.get("/keranjang/").text

        assert html.count("Harga satuan berubah dari Rp140.000 menjadi Rp150.000.") == 2
        assert html.count("Habis.") == 2
        assert f'name="price_{line.pk}" value="150000"' in html
        assert 'href="/checkout/"' not in html

    def test_a_closed_workshop_says_why(self, client, cart):
        artisan = ArtisanFactory(closed_from=timezone.localdate(), closed_note="Musim panen.")
        CartLineFactory(cart=cart, work__artisan=artisan)

        html = client.get("/keranjang/").text

        assert "Musim panen." in html
        assert 'href="/checkout/"' in html

    def test_wholesale_shows_beside_the_single_price(self, client, cart):
        line = CartLineFactory(cart=cart, quantity=10, price=120_000, work__variant__on_hand=20)
        PriceTierFactory(variant=line.variant)

        html = client.get("/keranjang/").text

        assert "Rp120.000 per buah, bukan Rp150.000" in html
        assert "Rp1.200.000" in html

    def test_checkout_with_an_empty_or_changed_cart_leads_back(self, client, cart):
        assert client.get("/checkout/").url == "/keranjang/"
        CartLineFactory(cart=cart, price=1)
        assert client.get("/checkout/").url == "/keranjang/"


class TestAdding:
    def test_the_plain_page_asks_first_and_then_it_is_in(self, client):
        product = ProductFactory(name="Kain contoh", variant__sku="K-1")

        asked = client.get("/keranjang/tambah/", {"sku": "K-1", "quantity": 2})
        added = client.post("/keranjang/tambah/", {"sku": "K-1", "quantity": 2}, follow=True)

        assert "Tambahkan ke keranjang?" in asked.text
        assert 'value="2"' in asked.text
        assert said(added) == ["“Kain contoh” sudah masuk keranjang."]
        line = CartLine.objects.get()
        assert (line.variant, line.quantity) == (product.variants.get(), 2)
        assert line.cart.user is None
        assert "__Host-cart" in client.cookies

    def test_asking_alone_puts_nothing_in(self, client):
        ProductFactory(variant__sku="K-1")

        client.get("/keranjang/tambah/", {"sku": "K-1", "quantity": 2})

        assert Cart.objects.exists() is False

    def test_a_script_gets_the_number_of_pieces(self, client, cart):
        CartLineFactory(cart=cart, quantity=2)
        ProductFactory(variant__sku="K-1")

        answer = client.post("/keranjang/tambah/", {"sku": "K-1", "quantity": 1}, headers=JSON)

        assert answer.json() == {"count": 3}

    def test_a_script_is_told_when_it_does_not_fit(self, client, cart):
        ProductFactory(variant__sku="K-1")

        answer = client.post("/keranjang/tambah/", {"sku": "K-1", "quantity": 4}, headers=JSON)

        assert answer.status_code == 409
        assert answer.json()["quantity"][0]["message"] == "Sisa 3."

    def test_no_token_no_cart(self, client):
        client.handler.enforce_csrf_checks = True
        ProductFactory(variant__sku="K-1")
        sent = {"sku": "K-1", "quantity": 1}
        assert client.post("/keranjang/tambah/", sent).status_code == 403

        token = client.get("/keranjang/token/", secure=True).json()["token"]
        answer = client.post(
            "/keranjang/tambah/",
            {**sent, "csrfmiddlewaretoken": token},
            secure=True,
            headers={**JSON, "Referer": "https://testserver/produk/x/"},
        )

        assert answer.json() == {"count": 1}

    @pytest.mark.parametrize("quantity", ["0", "-1", "99999999999", "abc", "", "1.5", "²"])
    def test_a_wrong_number_is_told_and_nothing_is_lost(self, client, cart, quantity):
        kept = CartLineFactory(cart=cart)
        ProductFactory(variant__sku="K-1")
        sent = {"sku": "K-1", "quantity": quantity}

        for answer in (
            client.get("/keranjang/tambah/", sent),
            client.post("/keranjang/tambah/", sent),
        ):
            assert answer.status_code == 200
            assert "Tulis bilangan bulat, misalnya 2." in answer.text
        assert CartLine.objects.get() == kept

    def test_too_many_are_told_before_and_after_sending(self, client):
        ProductFactory(variant__sku="K-1")
        sent = {"sku": "K-1", "quantity": 4}

        for answer in (
            client.get("/keranjang/tambah/", sent),
            client.post("/keranjang/tambah/", sent),
        ):
            assert "Sisa 3." in answer.text
        assert Cart.objects.exists() is False

    @pytest.mark.parametrize("sku", ["TIDAK-ADA", "", "K-1\0", "HABIS-TAWAR", "DRAF"])
    def test_what_is_not_for_sale_is_told(self, client, sku):
        VariantFactory(product=ProductFactory(), sku="HABIS-TAWAR", option1="L", is_active=False)
        VariantFactory(sku="DRAF")

        for send in (client.get, client.post):
            answer = send("/keranjang/tambah/", {"sku": sku, "quantity": 1}, follow=True)
            assert said(answer) == ["Karya ini tidak ditawarkan lagi."]
        assert CartLine.objects.exists() is False

    def test_sixty_a_minute_are_enough(self, client):
        ProductFactory(variant__sku="K-1", variant__on_hand=99)
        sent = {"sku": "K-1", "quantity": 1}
        codes = [client.post("/keranjang/tambah/", sent).status_code for _ in range(61)]
        script = client.post("/keranjang/tambah/", sent, headers=JSON)

        assert codes == [302] * 60 + [429]
        assert script.status_code == 429
        assert CartLine.objects.get().quantity == 60
