"""Finding works in a real browser: at once where scripts run, and just as well where they do not."""

import re

import pytest
from playwright.sync_api import expect

from tests import searched

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(settings, live_server):
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    searched.fill()
    return live_server.url


def count_of(page):
    return page.locator("#catalogue-count strong")


def test_a_tick_changes_works_counts_and_address_without_a_new_page(page, shop):
    page.goto(f"{shop}/katalog/")
    page.evaluate("window.same = true")

    page.get_by_label("Anyaman", exact=False).first.check()

    expect(count_of(page)).to_have_text("7 karya")
    expect(page).to_have_url(re.compile("craft=anyaman"))
    expect(page).to_have_title(re.compile("^Anyaman"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Anyaman")
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement.value") == "anyaman"


def test_a_removed_chip_and_another_order_need_no_new_page_either(page, shop):
    page.goto(f"{shop}/katalog/?craft=anyaman&price_max=100.000")
    page.evaluate("window.same = true")
    expect(count_of(page)).to_have_text("2 karya")

    page.get_by_role("link", name="sampai Rp100.000").click()
    expect(count_of(page)).to_have_text("7 karya")
    page.get_by_label("Urutkan").select_option("cheapest")

    expect(page).to_have_url(re.compile("sort=cheapest"))
    expect(page.locator(".product-card__link").first).to_have_text("Besek bambu isi tiga")
    assert page.evaluate("window.same") is True
    page.go_back()
    expect(page).not_to_have_url(re.compile("sort=cheapest"))
    expect(count_of(page)).to_have_text("7 karya")


def test_on_a_phone_the_sheet_s_button_tells_how_many_works_wait(page, shop):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{shop}/katalog/")
    page.get_by_role("link", name="Saring").click()

    page.get_by_label("Kayu", exact=False).first.check()

    button = page.get_by_role("button", name="Lihat 7 karya")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_be_hidden()
    expect(page.locator(".product-card")).to_have_count(7)


def test_without_scripts_the_form_is_sent_by_its_button(plain, shop):
    plain.set_viewport_size({"width": 1280, "height": 800})
    plain.goto(f"{shop}/katalog/")
    plain.get_by_label("Kayu", exact=False).first.check()
    plain.get_by_role("button", name=re.compile("Lihat .* karya")).click()

    expect(count_of(plain)).to_have_text("7 karya")
    plain.locator("#search").fill("selendnag")
    plain.locator("#search").press("Enter")
    expect(plain.get_by_text("Mungkin maksud Anda")).to_be_visible()
    expect(plain.locator(".product-card__link").first).to_have_text(
        "Selendang batik tulis Gunung Semeru"
    )


def test_suggestions_are_chosen_by_keyboard(page, shop):
    page.goto(f"{shop}/")
    box = page.get_by_role("combobox", name="Cari karya atau perajin")
    box.fill("talen")

    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Talenan jati gagang pendek")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    box.press("Enter")

    expect(page).to_have_url(re.compile("/produk/talenan/"))


def test_an_odd_name_is_shown_as_text(page, shop):
    searched.Product.objects.filter(slug="talenan").update(
        name="<img src=x onerror=alert(1)>talenan"
    )
    page.goto(f"{shop}/")
    page.get_by_role("combobox").fill("talen")

    expect(page.get_by_role("option").first).to_contain_text("<img src=x")
