"""Changing the cart on its page, and what the page of a work offers."""

import pytest

from tests.cart_visits import cart, said
from tests.factories import (
    ProductFactory,
    UserFactory,
)
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory

__all__ = ["cart"]  # fixtures


pytestmark = pytest.mark.django_db


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
