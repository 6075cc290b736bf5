"""Writing an address in a real browser: with scripts, without them, for another country."""

import pytest
from playwright.sync_api import expect

from accounts.models import Address
from tests.factories import RegionFactory, UserFactory, tempeh
from tests.looking import barriers
from tests.test_browser_pages import shop, sign_in

__all__ = ["shop"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def regions():
    lumajang = tempeh().parent
    RegionFactory(
        code="35.08.04", name="Pasirian", level="district", parent=lumajang, postcode="67372"
    )


def write(page):
    page.fill("[name=recipient]", "Bu Sri Contoh")
    page.fill("[name=phone]", "0812-3456-7890")
    page.fill("[name=village]", "Selok Contoh")
    page.fill("[name=street]", "Jl. Melati No. 5")


def test_the_selects_follow_each_other_and_bring_the_postcode(shop, page, errors, regions):
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(shop, page, UserFactory())
    page.goto(shop + "/akun/alamat/baru/")
    expect(page.get_by_role("button", name="Tampilkan pilihan")).to_have_count(0)

    page.select_option("[name=province]", "35")
    page.select_option("[name=regency]", "35.08")
    page.select_option("[name=district]", "35.08.05")
    assert page.input_value("[name=postcode]") == "67371"
    page.select_option("[name=district]", "35.08.04")
    assert page.input_value("[name=postcode]") == "67372"
    write(page)
    assert errors == []
    assert barriers(page) == []
    page.press("[name=street]", "Enter")
    page.wait_for_url(shop + "/akun/alamat/")

    address = Address.objects.get()
    assert (address.region_id, address.postcode) == ("35.08.04", "67372")


def test_a_postcode_of_one_s_own_survives_another_district(shop, page, regions):
    sign_in(shop, page, UserFactory())
    page.goto(shop + "/akun/alamat/baru/")
    page.select_option("[name=province]", "35")
    page.select_option("[name=regency]", "35.08")
    page.fill("[name=postcode]", "67399")
    page.select_option("[name=district]", "35.08.04")

    assert page.input_value("[name=postcode]") == "67399"


def test_another_country_brings_its_fields_and_keeps_what_was_written(shop, page, errors, regions):
    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(shop, page, UserFactory())
    page.goto(shop + "/en/account/addresses/new/")
    page.fill("[name=street]", "Voorbeeldstraat 7")
    page.select_option("[name=country]", "US")
    expect(page.locator("[name=state]")).to_be_visible()

    assert page.input_value("[name=street]") == "Voorbeeldstraat 7"
    expect(page.locator("[name=district]")).to_have_count(0)
    assert page.evaluate("document.activeElement.name") == "country"
    assert errors == []
    assert barriers(page) == []
    page.select_option("[name=country]", "ID")
    page.select_option("[name=province]", "35")
    expect(page.locator("[name=regency] option")).to_have_count(2)


def test_without_scripts_a_button_shows_the_choices(shop, chromium, regions):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(shop, page, UserFactory())
    page.goto(shop + "/akun/alamat/baru/")
    write(page)
    for name, code in [("province", "35"), ("regency", "35.08")]:
        page.select_option(f"[name={name}]", code)
        page.get_by_role("button", name="Tampilkan pilihan").click()
    page.select_option("[name=district]", "35.08.05")
    page.get_by_role("button", name="Simpan alamat").click()

    expect(page).to_have_url(shop + "/akun/alamat/")
    assert Address.objects.get().postcode == "67371"
    context.close()
