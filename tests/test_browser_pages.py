"""The main journeys in a real browser: clean, usable by keyboard and without scripts."""

import pytest
from allauth.account.models import EmailAddress

from accounts import documents
from artisans import districts
from catalogue import announcements, listing
from tests.factories import (
    AddressFactory,
    AnnouncementFactory,
    ArtisanFactory,
    CollectionFactory,
    MotifFactory,
    ProductFactory,
    StoryFactory,
    UserFactory,
    VariantFactory,
)
from tests.looking import barriers, overflow

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/katalog/",
    "/katalog/?q=tidakada",
    "/katalog/?q=kian+contoh+tenun&available=true",
    "/katalog/?price_min=murah",
    "/produk/kain-contoh/",
    "/perajin/",
    "/perajin/sanggar-contoh/",
    "/kecamatan/",
    "/kecamatan/kunir/",
    "/tentang/",
    "/motif/",
    "/motif/pisang-contoh/",
    "/koleksi/",
    "/koleksi/koleksi-contoh/",
    "/cerita/",
    "/cerita/cerita-contoh/",
    "/cara-membeli/",
    "/pengiriman-dan-pengembalian/",
    "/kontak/",
    "/keranjang/",
    "/privasi/",
    "/syarat/2026-11/",
    "/gaya/",
    "/akun/login/",
    "/akun/signup/",
    "/akun/password/reset/",
    "/tidak-ada/",
]
TWINS = {
    "/katalog/": "/catalogue/",
    "/produk/": "/products/",
    "/perajin/": "/artisans/",
    "/kecamatan/": "/districts/",
    "/tentang/": "/about/",
    "/motif/": "/motifs/",
    "/koleksi/": "/collections/",
    "/cerita/": "/stories/",
    "/cara-membeli/": "/how-to-buy/",
    "/pengiriman-dan-pengembalian/": "/delivery-and-returns/",
    "/kontak/": "/contact/",
    "/keranjang/": "/cart/",
    "/privasi/": "/privacy/",
    "/akun/alamat/baru/": "/account/addresses/new/",
    "/akun/alamat/": "/account/addresses/",
    "/syarat/": "/terms/",
    "/gaya/": "/style/",
    "/akun/": "/account/",
}


def in_english(path: str) -> str:
    for indonesian, english in TWINS.items():
        path = path.replace(indonesian, english, 1)
    return "/en" + path


@pytest.fixture
def shop(settings, plain_http, live_server):
    """A small shop over plain http, as the demo serves it."""
    settings.DEMO = True
    districts.load()
    kunir = districts.District.objects.get(slug="kunir")
    artisan = ArtisanFactory(
        slug="sanggar-contoh", district=kunir, quote="Pelan saja.", story="Satu.\n\nDua."
    )
    work = ProductFactory(
        name="Kain contoh",
        slug="kain-contoh",
        artisan=artisan,
        option1_name="Ukuran",
        variant__option1="S",
    )
    VariantFactory(product=work, option1="L", price=275_000)
    listing.save_prices(work)
    for _ in range(4):
        ProductFactory(artisan=artisan, category=work.category)
    work.motifs.add(MotifFactory(slug="pisang-contoh", is_restricted=True, keeper="Kelompok"))
    CollectionFactory(slug="koleksi-contoh", works=[work])
    CollectionFactory()
    StoryFactory(slug="cerita-contoh", artisan=artisan, body="## Pagi\n\nSatu.\n\n- dua")
    StoryFactory()
    documents.load()
    AnnouncementFactory(link="/koleksi/")
    announcements.forget()
    return live_server.url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_has_a_barrier_or_breaks_the_policy(shop, page, errors, language, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 360, "height": 800})
    for path in PAGES:
        page.goto(shop + (path if language == "id" else in_english(path)))
        page.wait_for_load_state("networkidle")
        expected = ["404"] if "tidak-ada" in path else []
        assert [e for e in errors if not any(word in e for word in expected)] == [], path
        assert overflow(page) == 0, path
        assert barriers(page) == [], path
        page.goto("about:blank")
        errors.clear()  # of axe's own probing


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(shop, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(shop + path)
        assert overflow(page) == 0, path


def test_a_keyboard_reaches_the_content_and_a_work(shop, page):
    page.goto(shop + "/katalog/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "/produk/" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/produk/**")

    assert page.locator("h1").count() == 1


def test_the_language_switch_leads_to_the_same_work(shop, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(shop + "/produk/kain-contoh/")
    page.locator("header a[hreflang=en]:visible").first.click()

    assert page.url == shop + "/en/products/kain-contoh/"
    assert page.get_attribute("html", "lang") == "en"


def test_the_chosen_theme_is_remembered(shop, page):
    page.goto(shop + "/")
    page.get_by_role("button", name="Gelap").click()
    page.goto(shop + "/katalog/")

    assert page.get_attribute("html", "data-theme") == "dark"


def test_everything_works_without_scripts(shop, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shop + "/katalog/")
    page.get_by_role("searchbox").first.fill("kain")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Kain contoh").first.click()
    page.get_by_role("link", name="L Rp275.000").click()

    assert "sku=" in page.url
    assert page.get_by_role("button", name="Gelap").is_visible() is False
    context.close()


def test_signing_in_with_a_wrong_password_keeps_the_address(shop, page):
    page.goto(shop + "/akun/login/")
    page.fill("[name=login]", "siapa@contoh.example")
    page.fill("[name=password]", "salah-sekali-1")
    page.locator("main button[type=submit]").first.click()

    assert page.input_value("[name=login]") == "siapa@contoh.example"
    assert page.get_by_role("main").inner_text().count("tidak") >= 1


ACCOUNT_PAGES = [
    "/akun/email/",
    "/akun/password/change/",
    "/akun/2fa/",
    "/akun/2fa/totp/activate/",
    "/akun/sessions/",
    "/akun/alamat/",
    "/akun/alamat/baru/",
    "/akun/logout/",
]


def sign_in(shop, page, user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page.goto(shop + "/akun/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "kain-panjang-7")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(shop + "/")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_of_an_account_are_clean_too(shop, page, errors, language):
    user = UserFactory()
    AddressFactory(user=user, is_default=True)
    sign_in(shop, page, user)

    for path in ACCOUNT_PAGES:
        page.goto(shop + (path if language == "id" else in_english(path)))
        page.wait_for_load_state("networkidle")
        assert errors == [], path
        assert page.get_attribute("html", "lang") == language
        assert page.locator("h1").count() == 1, path
        assert barriers(page) == [], path
        page.goto("about:blank")
        errors.clear()  # of axe's own probing
