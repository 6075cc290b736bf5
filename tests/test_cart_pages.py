"""The pages of the cart: what they cost, who may use them, and what they answer to nonsense."""

import pytest
from django.conf import settings
from django.core import signing
from django.utils import timezone

from catalogue.models import Variant
from orders import cart_cookie
from orders.models import Cart, CartLine
from tests.factories import (
    ArtisanFactory,
    PhotoFactory,
    ProductFactory,
    UserFactory,
    VariantFactory,
)
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def cart(client):
    """An account holder's cart; guests' cookies are told in test_cart_cookie.py."""
    user = UserFactory()
    client.force_login(user)
    return CartFactory(user=user)


def said(response) -> list[str]:
    """The messages on the page that the answer leads to."""
    return [str(message) for message in response.context["messages"]]


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


class TestChanging:
    def test_a_new_number_is_kept_and_the_page_returns_to_the_line(self, client, cart):
        line = CartLineFactory(cart=cart)

        response = client.post("/keranjang/ubah/", {"line": line.pk, "quantity": 3})

        assert response.url == f"/keranjang/#line-{line.pk}"
        line.refresh_from_db()
        assert line.quantity == 3

    @pytest.mark.parametrize(
        ("quantity", "words"),
        [
            ("0", "Tidak ada yang diubah. Tulis bilangan bulat, misalnya 2."),
            ("-1", "Tidak ada yang diubah. Tulis bilangan bulat, misalnya 2."),
            ("99999999999", "Tidak ada yang diubah. Tulis bilangan bulat, misalnya 2."),
            ("abc", "Tidak ada yang diubah. Tulis bilangan bulat, misalnya 2."),
            ("4", "Tidak ada yang diubah. Sisa 3."),
        ],
    )
    def test_a_wrong_number_changes_nothing(self, client, cart, quantity, words):
        line = CartLineFactory(cart=cart, quantity=2)
        sent = {"line": line.pk, "quantity": quantity}

        assert said(client.post("/keranjang/ubah/", sent, follow=True)) == [words]
        line.refresh_from_db()
        assert line.quantity == 2

    def test_what_is_removed_is_gone_and_named(self, client, cart):
        line = CartLineFactory(cart=cart, work__name="Kain contoh")
        kept = CartLineFactory(cart=cart)

        response = client.post("/keranjang/hapus/", {"line": line.pk}, follow=True)

        assert said(response) == ["“Kain contoh” dikeluarkan dari keranjang."]
        assert list(cart.lines.all()) == [kept]

    def test_accepting_takes_the_shown_prices(self, client, cart):
        line = CartLineFactory(cart=cart, price=1)

        client.post("/keranjang/setuju/", {f"price_{line.pk}": "150000"})

        assert 'href="/checkout/"' in client.get("/keranjang/").text

    @pytest.mark.parametrize("path", ["/keranjang/ubah/", "/keranjang/hapus/"])
    @pytest.mark.parametrize("has_cart", [True, False])
    def test_another_s_line_stays_as_it_is(self, client, path, has_cart):
        if has_cart:
            user = UserFactory()
            client.force_login(user)
            CartFactory(user=user)
        foreign = CartLineFactory()

        for line in (foreign.pk, "abc", "99999999999999999999", ""):
            response = client.post(path, {"line": line, "quantity": 2}, follow=True)
            assert response.status_code == 200
        foreign.refresh_from_db()
        assert foreign.quantity == 1

    def test_accepting_touches_no_other_s_cart(self, client, cart):
        foreign = CartLineFactory(price=1)

        client.post("/keranjang/setuju/", {f"price_{foreign.pk}": "150000"})

        foreign.refresh_from_db()
        assert foreign.price_seen == 1

    @pytest.mark.parametrize(
        "path", ["/keranjang/ubah/", "/keranjang/hapus/", "/keranjang/setuju/"]
    )
    def test_a_link_changes_nothing(self, client, path):
        assert client.get(path).status_code == 405


class TestProductPage:
    def test_a_work_from_stock_can_be_counted_and_added(self, client):
        product = ProductFactory(min_order=2, variant__on_hand=9, variant__sku="K-1")

        html = client.get(product.get_absolute_url()).text

        assert 'action="/keranjang/tambah/"' in html
        assert 'value="2" min="2" max="9"' in html
        assert html.count("Tambah ke keranjang") == 2
        assert html.count("Tanya tentang karya ini") == 1

    def test_one_of_a_kind_needs_no_number(self, client):
        product = ProductFactory(variant__supply="one_of_a_kind", variant__on_hand=1)

        html = client.get(product.get_absolute_url()).text

        assert '<input type="hidden" name="quantity" value="1">' in html
        assert 'type="number"' not in html

    def test_made_to_order_goes_up_to_its_bound(self, client):
        product = ProductFactory(
            variant__supply="made_to_order", variant__on_hand=0, variant__max_order=4
        )

        assert 'max="4"' in client.get(product.get_absolute_url()).text

    @pytest.mark.parametrize("fields", [{"variant__on_hand": 0}, {"min_order": 4}])
    def test_what_cannot_be_had_can_be_asked_about(self, client, fields):
        html = client.get(ProductFactory(**fields).get_absolute_url()).text

        assert "Tambah ke keranjang" not in html
        assert "data-added" not in html
        assert html.count("Tanya tentang karya ini") == 2

    def test_wholesale_prices_are_fresh(self, client):
        product = ProductFactory()
        client.get(product.get_absolute_url())
        tier = PriceTierFactory(variant=product.variants.get())

        html = client.get(product.get_absolute_url()).text
        assert "mulai 10 buah" in html
        assert "Rp120.000 per buah" in html

        tier.delete()
        assert "Grosir" not in client.get(product.get_absolute_url()).text
