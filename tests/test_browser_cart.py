"""The cart in a real browser on a phone: one press with scripts, plain forms without."""

import re

import pytest
from playwright.sync_api import expect

from catalogue import listing
from catalogue.models import Variant
from orders.models import CartLine
from tests.factories import ArtisanFactory, ProductFactory, VariantFactory
from tests.looking import barriers, overflow
from tests.order_factories import PriceTierFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(settings, plain_http, live_server):
    """Two workshops over plain http: a shirt in two sizes with a wholesale price, and a bowl."""
    settings.DEMO = True
    shirt = ProductFactory(
        slug="kemeja",
        name="Kemeja Semeru",
        name_en="Semeru shirt",
        option1_name="Ukuran",
        variant__option1="S",
        variant__on_hand=20,
    )
    PriceTierFactory(variant=shirt.variants.get())
    VariantFactory(product=shirt, option1="L", sku="K-L", price=275_000, on_hand=0, position=1)
    listing.save_prices(shirt)
    ProductFactory(slug="mangkuk", name="Mangkuk jati", artisan=ArtisanFactory(closed_note="Panen"))
    return live_server.url


def count(page) -> str:
    return page.locator("[data-cart-count]:visible").inner_text()


class TestWithoutScripts:
    def test_a_work_is_chosen_counted_and_taken_out_again(self, shop, plain):
        plain.goto(shop + "/produk/kemeja/")
        plain.get_by_label("Jumlah", exact=True).fill("2")
        plain.locator("#add-to-cart").get_by_role("button", name="Tambah ke keranjang").click()
        expect(plain).to_have_url(re.compile(re.escape("/keranjang/tambah/?sku=")))
        plain.get_by_role("main").get_by_role("button", name="Tambah ke keranjang").click()

        expect(plain).to_have_url(shop + "/keranjang/")
        expect(plain.get_by_text("“Kemeja Semeru” sudah masuk keranjang.")).to_be_visible()
        assert count(plain) == "2"
        plain.get_by_label("Jumlah Kemeja Semeru").fill("10")
        plain.get_by_role("button", name="Perbarui").click()
        expect(plain.get_by_text("Rp120.000 per buah, bukan Rp150.000")).to_be_visible()
        expect(plain.locator(".cart-line__total")).to_have_text("Rp1.200.000")
        plain.get_by_role("button", name="Hapus").click()
        expect(plain.get_by_text("Belum ada karya di keranjang.")).to_be_visible()
        assert CartLine.objects.exists() is False

    def test_the_phone_s_bar_sends_the_same_form(self, shop, plain):
        plain.goto(shop + "/produk/mangkuk/")
        plain.locator(".order-bar").get_by_role("button", name="Tambah ke keranjang").click()

        expect(plain).to_have_url(re.compile(re.escape("quantity=1")))


class TestWithScripts:
    def test_one_press_adds_and_says_so(self, shop, phone, errors):
        phone.goto(shop + "/produk/mangkuk/")
        button = phone.locator(".order-bar").get_by_role("button", name="Tambah ke keranjang")
        button.click()
        dialog = phone.get_by_role("dialog", name="Masuk keranjang")
        dialog.wait_for()

        assert count(phone) == "1"
        assert phone.evaluate("document.activeElement.textContent") == "Lihat keranjang"
        phone.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()
        assert phone.evaluate("document.activeElement.closest('.order-bar') !== null")
        assert errors == []
        phone.goto(shop + "/keranjang/")
        expect(phone.locator(".cart-line")).to_have_count(1)

    def test_impatient_fingers_add_once(self, shop, phone):
        phone.goto(shop + "/produk/mangkuk/")
        phone.locator("#add-to-cart [type=submit]").evaluate("b => { b.click(); b.click(); }")
        phone.get_by_role("dialog").wait_for()
        phone.wait_for_load_state("networkidle")

        assert CartLine.objects.get().quantity == 1

    def test_what_does_not_fit_is_said_on_the_plain_page(self, shop, phone):
        phone.goto(shop + "/produk/mangkuk/")
        Variant.objects.filter(product__slug="mangkuk").update(on_hand=0)
        phone.locator("#add-to-cart [type=submit]").click()
        phone.wait_for_url("**/keranjang/tambah/**")

        expect(phone.get_by_text("Habis.").first).to_be_visible()
        assert CartLine.objects.exists() is False

    def test_without_the_token_the_plain_page_asks(self, shop, phone):
        phone.route("**/keranjang/token/", lambda route: route.abort())
        phone.goto(shop + "/produk/mangkuk/")
        phone.locator("#add-to-cart [type=submit]").click()
        phone.wait_for_url("**/keranjang/tambah/**")

        expect(phone.get_by_role("heading", name="Tambahkan ke keranjang?")).to_be_visible()

    def test_the_buttons_count_within_bounds_and_send_by_themselves(self, shop, phone):
        phone.goto(shop + "/produk/mangkuk/")
        for _ in range(5):
            phone.get_by_role("button", name="Tambah satu").click()
        assert phone.input_value("#quantity") == "3"
        phone.locator("#add-to-cart [type=submit]").click()
        phone.get_by_role("link", name="Lihat keranjang").click()

        with phone.expect_navigation(url="**/keranjang/#line-*"):
            phone.get_by_role("button", name="Kurangi satu").click()
        assert CartLine.objects.get().quantity == 2
        assert count(phone) == "2"

    def test_a_typed_number_waits_for_its_button(self, shop, phone):
        phone.goto(shop + "/produk/mangkuk/")
        phone.locator("#add-to-cart [type=submit]").click()
        phone.get_by_role("link", name="Lihat keranjang").click()
        update = phone.get_by_role("button", name="Perbarui")
        expect(update).not_to_be_visible()

        phone.get_by_label("Jumlah Mangkuk jati").fill("7")
        update.click()

        expect(phone.get_by_text("Tidak ada yang diubah. Sisa 3.")).to_be_visible()
        assert CartLine.objects.get().quantity == 1


def assert_clean(page, errors: list[str]) -> None:
    """Nothing overflows, nothing is refused, nothing bars anyone."""
    page.wait_for_load_state("networkidle")
    assert overflow(page) == 0, page.url
    assert errors == [], page.url
    assert barriers(page) == [], page.url
    errors.clear()  # of axe's own probing


ADDRESSES = {
    "id": ("/produk/{}/", "/keranjang/", "tambah/"),
    "en": ("/en/products/{}/", "/en/cart/", "add/"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_of_the_cart_has_a_barrier(shop, phone, language, theme, errors):
    phone.emulate_media(color_scheme=theme)
    work, cart, add = ADDRESSES[language]
    shirt = Variant.objects.get(product__slug="kemeja", option1="S")

    for slug in ("kemeja", "mangkuk"):
        phone.goto(shop + work.format(slug))
        phone.locator("#add-to-cart [type=submit]").click()
        phone.get_by_role("dialog").wait_for()
        assert_clean(phone, errors)
    phone.goto(f"{shop}{cart}{add}?sku={shirt.sku}&quantity=99")
    assert_clean(phone, errors)
    Variant.objects.filter(product__slug="mangkuk").update(on_hand=0)
    Variant.objects.filter(pk=shirt.pk).update(price=160_000)
    phone.goto(shop + cart)
    expect(phone.locator(".cart-changes")).to_be_visible()
    assert_clean(phone, errors)
    phone.locator(".cart-changes button").click()
    expect(phone.locator(".cart-line")).to_have_count(1)
    assert_clean(phone, errors)
