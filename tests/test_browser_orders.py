"""What a buyer holds, in a real browser: clean, small enough for a phone, without scripts."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from orders import links
from tests.looking import barriers, overflow
from tests.order_rows import PaymentFactory, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(settings, plain_http, live_server):
    settings.SITE = {**settings.SITE, "whatsapp": "6281200000000", "email": "kami@contoh.example"}
    return live_server.url


def orders() -> list:
    words = "Mohon dibungkus rapi karena akan langsung diberikan kepada ibu kami di Yosowilangun"
    waiting = place(parts=2, gift_note=words)
    waiting.suborders.update(note="x" * 300)
    PaymentFactory(order=waiting)
    paid = place(status="paid")
    PaymentFactory(order=paid, status="paid", received=318_100)
    return [waiting, paid, place(status="expired")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_of_a_buyer_have_no_barrier(shop, page, errors, language, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 360, "height": 800})
    with translation.override(language):
        paths = [links.path(order) for order in orders()]
    for path in [*paths, {"id": "/lacak/", "en": "/en/track/"}[language]]:
        page.goto(shop + path)
        page.wait_for_load_state("networkidle")
        assert errors == [], path
        assert overflow(page) == 0, path
        assert barriers(page) == [], path
        page.goto("about:blank")
        errors.clear()  # of axe's own probing


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(shop, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for order in orders():
        page.goto(shop + links.path(order))
        assert overflow(page) == 0


def test_the_link_is_copied_whole(shop, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    order = place()
    page.goto(shop + links.path(order))
    page.get_by_role("button", name="Salin tautan").click()
    page.get_by_role("status").get_by_text("Tautan tersalin").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == links.address(order)


def test_leaving_the_page_tells_nobody_its_address(shop, page):
    order = place()
    page.goto(shop + links.path(order))
    told = []
    page.context.route(
        "https://wa.me/**",
        lambda route: (told.append(route.request.headers.get("referer")), route.abort()),
    )
    page.get_by_role("link", name="Tulis lewat WhatsApp").first.click()
    page.wait_for_timeout(300)

    assert told == [None]


def test_an_order_is_found_and_cancelled_without_scripts(shop, plain):
    order = place()
    plain.goto(shop + "/lacak/")
    plain.get_by_label("Nomor pesanan").fill(order.number)
    plain.get_by_label("Surel atau nomor ponsel").fill("0812 3456 7890")
    plain.get_by_role("button", name="Cari pesanan").click()
    expect(plain).to_have_url(shop + links.path(order))
    expect(plain.get_by_role("button", name="Salin tautan")).not_to_be_visible()
    expect(plain.get_by_role("button", name="Ya, batalkan pesanan")).not_to_be_visible()

    plain.get_by_text("Batalkan pesanan ini").click()
    plain.get_by_role("button", name="Ya, batalkan pesanan").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Pesanan ini dibatalkan")
    order.refresh_from_db()
    assert order.status == "cancelled"
