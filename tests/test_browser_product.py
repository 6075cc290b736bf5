"""The page of a work in a real browser: choosing, sharing, reporting, remembering."""

import json

import pytest

from catalogue import listing
from catalogue.models import ListingReport
from tests.factories import PhotoFactory, ProductFactory, VariantFactory
from tests.looking import barriers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(settings, plain_http, live_server):
    """Two works over plain http, one of them in two sizes and colours."""
    settings.DEMO = True
    cloth = ProductFactory(
        slug="kemeja",
        name="Kemeja Semeru",
        name_en="Semeru shirt",
        option1_name="Warna",
        option2_name="Ukuran",
        variant__option1="Pirus",
        variant__option2="S",
        variant__on_hand=9,
    )
    large = VariantFactory(
        product=cloth, option1="Nila", option2="L", price=275_000, on_hand=2, sku="N-L", position=1
    )
    PhotoFactory(product=cloth, variant=large, position=1, picture="photos/nila.webp")
    listing.save_prices(cloth)
    ProductFactory(slug="kain", name='<img src="x"> Kain', category=cloth.category)
    return live_server.url


class TestWithoutScripts:
    def test_a_variant_changes_price_stock_photo_and_address(self, shop, plain):
        plain.goto(shop + "/produk/kemeja/")
        assert plain.locator(".buy-box__price").inner_text() == "Rp150.000"

        plain.get_by_role("navigation", name="Warna").get_by_role("link", name="Nila").click()

        assert "sku=N-L#offer" in plain.url
        assert plain.locator(".buy-box__price").inner_text() == "Rp275.000"
        assert plain.get_by_text("Sisa 2.").is_visible()
        first = plain.locator(".gallery__slide").first
        assert first.get_attribute("href").endswith("photos/nila.webp")
        sizes = plain.get_by_role("navigation", name="Ukuran")
        assert sizes.get_by_text("Tidak dibuat dalam padanan ini").is_visible()
        assert sizes.get_by_role("link").count() == 1

    def test_sharing_is_plain_links_and_memory_is_absent(self, shop, plain):
        plain.goto(shop + "/produk/kemeja/")
        plain.get_by_text("Bagikan").click()

        link = plain.get_by_role("link", name="Lewat WhatsApp")
        assert link.get_attribute("href").startswith("https://wa.me/?text=Kemeja%20Semeru")
        assert plain.get_by_role("button", name="Salin tautan").count() == 0
        assert plain.get_by_text("Yang baru Anda lihat").is_visible() is False

    def test_a_report_is_sent(self, shop, plain):
        plain.goto(shop + "/produk/kemeja/")
        plain.get_by_role("link", name="Laporkan karya ini").click()
        plain.get_by_label("Apa yang tidak sesuai?").select_option("copied")
        plain.get_by_label("Ceritakan lebih lanjut").fill("Motif ini milik tetangga saya.")
        plain.get_by_role("button", name="Kirim laporan").click()

        assert plain.url == shop + "/laporkan/kemeja/terima-kasih/"
        assert ListingReport.objects.get().text == "Motif ini milik tetangga saya."


class TestReport:
    @pytest.mark.parametrize("path", ["/laporkan/kemeja/", "/en/report/kemeja/"])
    def test_errors_stand_beside_their_fields_and_lead_there(self, shop, page, path, errors):
        page.goto(shop + path)
        page.locator("[name=contact]").fill("bukan alamat")
        page.locator("form[method=post] button[type=submit]").click()

        assert page.input_value("[name=contact]") == "bukan alamat"
        assert page.locator(".form-field--error").count() == 3
        assert page.get_attribute("[name=reason]", "aria-invalid") == "true"
        page.locator(".error-summary__link").first.click()
        assert page.evaluate("document.activeElement.name") == "reason"
        assert errors == []
        assert barriers(page) == []
        assert ListingReport.objects.exists() is False

    def test_the_bait_is_out_of_sight_and_out_of_the_tab_order(self, shop, page):
        page.goto(shop + "/laporkan/kemeja/")
        box = page.locator("[name=website]").bounding_box()

        assert box["x"] + box["width"] <= 0
        assert page.get_attribute("[name=website]", "tabindex") == "-1"


class TestSharing:
    def test_the_link_is_copied_and_said(self, shop, page):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(shop + "/produk/kemeja/?sku=N-L")
        page.get_by_text("Bagikan").click()
        page.get_by_role("button", name="Salin tautan").click()

        page.get_by_text("Tautan tersalin").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "http://testserver/produk/kemeja/"

    def test_the_phone_s_own_menu_gets_title_and_address(self, shop, page):
        page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
        page.goto(shop + "/produk/kemeja/")
        page.get_by_text("Bagikan").click()
        page.get_by_role("button", name="Cara lain").click()

        assert page.evaluate("window.shared") == {
            "title": "Kemeja Semeru, Rp150.000",
            "url": "http://testserver/produk/kemeja/",
        }


class TestRecentlyViewed:
    def names(self, page) -> list[str]:
        return page.locator("[data-recent] .recently-viewed__name").all_inner_texts()

    def test_works_looked_at_stand_on_the_next_page_in_its_language(self, shop, page, errors):
        page.goto(shop + "/produk/kemeja/")
        assert page.locator("[data-recent]").is_visible() is False
        page.goto(shop + "/en/products/kain/")

        assert self.names(page) == ["Semeru shirt"]
        page.locator("[data-recent] a").click()
        assert page.url == shop + "/en/products/kemeja/"
        assert self.names(page) == ['<img src="x"> Kain']
        assert errors == []
        assert barriers(page) == []

    def test_the_list_can_be_cleared(self, shop, page):
        page.goto(shop + "/produk/kemeja/")
        page.goto(shop + "/produk/kain/")
        page.get_by_role("button", name="Hapus daftar ini").click()

        assert page.locator("[data-recent]").is_visible() is False
        page.reload()
        assert page.locator("[data-recent]").is_visible() is False

    @pytest.mark.parametrize(
        "kept",
        [
            "kaput",
            "null",
            '{"a": 1}',
            json.dumps([None, 3, {"slug": "x"}]),
            json.dumps([{"slug": "../../x", "name": "N", "price": "1", "image": "javascript:1"}]),
        ],
    )
    def test_what_it_finds_in_the_storage_cannot_harm(self, shop, page, kept, errors):
        page.goto(shop + "/produk/kain/")
        page.evaluate("kept => localStorage.setItem('recent-works', kept)", kept)
        page.goto(shop + "/produk/kemeja/")
        page.wait_for_load_state("networkidle")

        assert errors == []
        for link in page.locator("[data-recent] a").all():
            assert link.get_attribute("href") == "/produk/..%2F..%2Fx/"
            assert link.locator("img").get_attribute("src") is None

    def test_no_more_than_twelve_are_kept_and_nothing_is_sent(self, shop, page):
        works = [{"slug": f"k{n}", "name": f"K{n}", "price": "Rp1", "image": ""} for n in range(20)]
        page.goto(shop + "/produk/kain/")
        page.evaluate("w => localStorage.setItem('recent-works', JSON.stringify(w))", works)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(shop + "/produk/kemeja/")
        page.wait_for_load_state("networkidle")

        assert len(self.names(page)) == 12
        kept = page.evaluate("JSON.parse(localStorage.getItem('recent-works'))")
        assert [work["slug"] for work in kept][:2] == ["kemeja", "k0"]
        assert len(kept) == 12
        assert all("k0" not in url.removeprefix(shop) for url in asked)
        assert all(url.startswith((shop, "http://testserver")) for url in asked)


def test_data_for_machines_is_no_refused_script(shop, page, errors):
    page.goto(shop + "/produk/kain/")
    page.wait_for_load_state("networkidle")

    blocks = page.locator('script[type="application/ld+json"]').all_text_contents()
    names = [json.loads(block).get("name") for block in blocks]
    assert '<img src="x"> Kain' in names
    assert errors == []
