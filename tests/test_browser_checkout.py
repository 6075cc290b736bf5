"""The checkout in a real browser on a phone: three steps with scripts, one page without."""

import re

import pytest
from playwright.sync_api import expect

from orders.models import Order
from tests.buyers import Buyer
from tests.checkout_forms import shop
from tests.factories import ProductFactory
from tests.looking import barriers, overflow

pytestmark = pytest.mark.django_db(transaction=True)
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
def guest(site, plain):
    return Buyer(plain, site, has_scripts=False)


@pytest.fixture
def buyer(site, phone):
    return Buyer(phone, site, has_scripts=True)


class TestWithoutScripts:
    def test_what_is_missing_is_on_top_with_links(self, guest, plain):
        guest.fill_cart(["kain"])
        plain.get_by_role("button", name="Buat pesanan").click()

        expect(plain).to_have_title(re.compile("^Galat: "))
        link = plain.locator(".error-summary").get_by_role("link", name="Nama Anda")
        link.click()
        expect(plain).to_have_url(re.compile("#id_name$"))


class TestWithScripts:
    def test_three_steps_lead_to_the_order(self, buyer, phone):
        said = []
        phone.on("pageerror", lambda error: said.append(str(error)))
        buyer.fill_cart(WORKS)
        assert barriers(phone) == []
        expect(phone.get_by_role("heading", name="Cara kirim")).not_to_be_visible()
        buyer.write_details()
        buyer.choose_region()
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

    def test_a_step_holds_until_it_is_filled(self, buyer, phone):
        buyer.fill_cart(["kain"])
        phone.get_by_role("button", name="Lanjut pilih cara kirim").click()

        expect(phone.get_by_role("heading", name="Cara kirim")).not_to_be_visible()
        assert phone.evaluate("document.activeElement.name") == "name"

    def test_back_leads_back_and_collecting_needs_no_address(self, buyer, phone):
        buyer.fill_cart(["kain"])
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

    def test_an_error_opens_the_step_it_is_in(self, buyer, phone):
        buyer.fill_cart(["kain"])
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

    def test_another_country_draws_its_own_fields(self, buyer, phone):
        buyer.fill_cart(["kain"])
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
