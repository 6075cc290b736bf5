"""The checkout in a real browser on a phone: three steps with scripts, one page without."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from orders.models import Order, Payment
from tests.checkout_forms import shop
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 800}
WORKS = ("kain", "tikar", "mangkuk")


@pytest.fixture
def site(settings, plain_http, live_server):
    """Three workshops with a work each, over plain http."""
    settings.DEMO = True
    shop()
    for slug in WORKS:
        ProductFactory(slug=slug, name=slug.title())
    return live_server.url


@pytest.fixture
def plain(chromium):
    """A phone without scripts."""
    context = chromium.new_context(java_script_enabled=False, locale="id-ID", viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(page):
    page.set_viewport_size(PHONE)
    return page


def fill_cart(page, site, works=WORKS) -> None:
    for slug in works:
        page.goto(f"{site}/produk/{slug}/")
        page.locator(".order-bar").get_by_role("button", name="Tambah ke keranjang").click()
        if "/keranjang/tambah/" in page.url:  # without scripts a page asks first
            page.get_by_role("main").get_by_role("button", name="Tambah ke keranjang").click()
        else:
            page.get_by_role("dialog").wait_for()
    page.goto(f"{site}/checkout/")


def barriers(page) -> list[str]:
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    return [violation["id"] for violation in violations]


def overflow(page) -> int:
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")


def write_details(page) -> None:
    page.get_by_label("Nama Anda").fill("Retno Contoh")
    page.get_by_label("Nomor ponsel", exact=True).fill("0812-3456-7890")
    page.get_by_label("Desa atau kelurahan").fill("Tempeh Lor")
    page.get_by_label("Jalan dan nomor rumah").fill("Jalan Kenanga 14")


def choose_region(page) -> None:
    page.get_by_label("Provinsi").select_option("35")
    page.get_by_label("Kabupaten atau kota").locator("option[value='35.08']").wait_for(
        state="attached"
    )
    page.get_by_label("Kabupaten atau kota").select_option("35.08")
    page.get_by_label("Kecamatan").locator("option[value='35.08.05']").wait_for(state="attached")
    page.get_by_label("Kecamatan").select_option("35.08.05")


class TestWithoutScripts:
    def test_a_guest_orders_from_three_workshops_and_pays_by_transfer(self, site, plain):
        fill_cart(plain, site)
        write_details(plain)
        for level, value in (
            ("Provinsi", "35"),
            ("Kabupaten atau kota", "35.08"),
            ("Kecamatan", "35.08.05"),
        ):
            plain.get_by_label(level).select_option(value)
            plain.get_by_role("button", name="Tampilkan pilihan", exact=True).click()
        expect(plain.get_by_label("Nama Anda")).to_have_value("Retno Contoh")
        expect(plain.get_by_text("Kurir Contoh Reguler")).to_have_count(6)  # cards and summary
        plain.get_by_label("Transfer bank").check()
        plain.get_by_label("Saya menyetujui").check()
        plain.get_by_role("button", name="Buat pesanan, Rp489.000").click()

        expect(plain).to_have_url(re.compile("/pesanan/"))
        order = Order.objects.get()
        assert f"/pesanan/{order.number}/" in plain.url
        assert order.total == 489_000
        assert order.suborders.count() == 3
        assert order.payments.get().method == Payment.Method.TRANSFER
        expect(plain.get_by_text("Bank Contoh").first).to_be_visible()

    def test_what_is_missing_is_on_top_with_links(self, site, plain):
        fill_cart(plain, site, ["kain"])
        plain.get_by_role("button", name="Buat pesanan").click()

        expect(plain).to_have_title(re.compile("^Galat: "))
        link = plain.locator(".error-summary").get_by_role("link", name="Nama Anda")
        link.click()
        expect(plain).to_have_url(re.compile("#id_name$"))


class TestWithScripts:
    def test_three_steps_lead_to_the_order(self, site, phone):
        said = []
        phone.on("pageerror", lambda error: said.append(str(error)))
        fill_cart(phone, site)
        assert barriers(phone) == []
        expect(phone.get_by_role("heading", name="Cara kirim")).not_to_be_visible()
        write_details(phone)
        choose_region(phone)
        total = phone.locator("[data-summary] [data-total]")
        phone.locator("[data-total]", has_text="Rp489.000").wait_for()
        expect(phone.locator("[data-said]")).to_have_text("Total Rp489.000")
        phone.get_by_role("button", name="Lanjut pilih cara kirim").click()

        assert phone.evaluate("document.activeElement.textContent") == "Cara kirim"
        assert barriers(phone) == []
        assert overflow(phone) == 0
        phone.get_by_label(re.compile("Ambil di tempat")).first.check()
        phone.locator("[data-total]", has_text="Rp476.000").wait_for()
        phone.get_by_role("button", name="Lanjut pilih cara bayar").click()
        assert barriers(phone) == []
        phone.get_by_label("Transfer bank").check()
        phone.get_by_label("Saya menyetujui").check()
        assert total.inner_text() == "Rp476.000"
        phone.get_by_role("button", name="Buat pesanan, Rp476.000").click()
        phone.wait_for_url("**/pesanan/**")

        assert Order.objects.get().total == 476_000
        assert said == []

    def test_a_step_holds_until_it_is_filled(self, site, phone):
        fill_cart(phone, site, ["kain"])
        phone.get_by_role("button", name="Lanjut pilih cara kirim").click()

        expect(phone.get_by_role("heading", name="Cara kirim")).not_to_be_visible()
        assert phone.evaluate("document.activeElement.name") == "name"

    def test_back_leads_back_and_collecting_needs_no_address(self, site, phone):
        fill_cart(phone, site, ["kain"])
        phone.get_by_label("Nama Anda").fill("Retno Contoh")
        phone.get_by_label("Nomor ponsel", exact=True).fill("0812-3456-7890")
        phone.get_by_label("Saya ambil sendiri").check()
        expect(phone.get_by_label("Provinsi")).not_to_be_visible()
        phone.get_by_role("button", name="Lanjut pilih cara kirim").click()
        phone.get_by_role("button", name="Kembali").first.click()
        expect(phone.get_by_label("Nama Anda")).to_be_visible()
        phone.get_by_role("button", name="Lanjut pilih cara kirim").click()
        phone.get_by_role("button", name="Lanjut pilih cara bayar").click()
        phone.get_by_label("Transfer bank").check()
        phone.get_by_label("Saya menyetujui").check()
        phone.get_by_role("button", name="Buat pesanan, Rp150.000").click()
        phone.wait_for_url("**/pesanan/**")

    def test_an_error_opens_the_step_it_is_in(self, site, phone):
        fill_cart(phone, site, ["kain"])
        phone.get_by_label("Saya ambil sendiri").check()
        phone.locator("[data-place]", has_text="Rp150.000").wait_for(state="attached")
        phone.evaluate(
            "document.querySelector('[data-checkout]').requestSubmit("
            "document.querySelector('[value=place]'))"
        )
        phone.wait_for_load_state()
        phone.locator(".error-summary").wait_for()

        assert phone.evaluate("document.activeElement.className") == "error-summary"
        expect(phone.get_by_label("Nama Anda")).to_be_visible()
        phone.locator(".error-summary").get_by_role("link", name="Pembayaran").click()
        expect(phone.get_by_label("Transfer bank")).to_be_visible()

    def test_another_country_draws_its_own_fields(self, site, phone):
        fill_cart(phone, site, ["kain"])
        phone.get_by_label("Negara").select_option("NL")
        phone.get_by_label("Kota", exact=True).wait_for()

        expect(phone.get_by_label("Provinsi")).to_have_count(0)


class TestPostage:
    def test_the_page_of_a_work_answers_on_the_spot(self, site, phone):
        phone.goto(f"{site}/produk/kain/")
        phone.get_by_label("Perkiraan ongkir ke").select_option("35")
        phone.get_by_role("cell", name="Rp13.000").wait_for()

        expect(phone).to_have_url(f"{site}/produk/kain/")
        assert barriers(phone) == []
        assert overflow(phone) == 0

    def test_without_scripts_a_page_of_its_own_answers(self, site, plain):
        plain.goto(f"{site}/produk/kain/")
        plain.get_by_label("Perkiraan ongkir ke").select_option("35")
        plain.get_by_role("button", name="Lihat", exact=True).click()

        expect(plain).to_have_url(re.compile("/ongkir/kain/[?]"))
        expect(plain.get_by_role("cell", name="Rp13.000")).to_be_visible()
