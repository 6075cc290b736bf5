"""What browsers and search engines fetch besides the pages."""

from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from tests.factories import ArtisanFactory, PhotoFactory, ProductFactory

pytestmark = pytest.mark.django_db

XML = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def entries(client, section) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(client.get(f"/sitemap-{section}.xml").content)  # noqa: S314  our own
    return {url.findtext("map:loc", None, XML): url for url in root.findall("map:url", XML)}


class TestSitemap:
    def test_the_index_names_sections_that_answer(self, client):
        root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own

        for place in root.iter(f"{{{XML['map']}}}loc"):
            assert place.text.startswith("http://testserver/sitemap-")
            assert client.get(place.text.removeprefix("http://testserver")).status_code == 200

    def test_each_work_stands_in_both_languages_with_its_twins_day_and_pictures(self, client):
        product = ProductFactory(slug="kain")
        PhotoFactory(product=product, position=1, picture="photos/dua.webp")
        indonesian, english = (
            "http://testserver/produk/kain/",
            "http://testserver/en/products/kain/",
        )

        found = entries(client, "products")

        assert set(found) == {indonesian, english}
        day = timezone.localdate(product.published_at)
        for url in found.values():
            twins = {
                link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", XML)
            }
            assert twins == {"id": indonesian, "en": english, "x-default": indonesian}
            assert url.findtext("map:lastmod", None, XML) == f"{day:%Y-%m-%d}"
            images = [place.text for place in url.iter(f"{{{XML['image']}}}loc")]
            assert images == [
                "http://testserver/media/photos/contoh.webp",
                "http://testserver/media/photos/dua.webp",
            ]

    def test_a_maker_s_portrait_stands_there_if_there_is_one(self, client):
        ArtisanFactory(slug="tanpa")
        ArtisanFactory(
            slug="dengan",
            picture="artisans/potret.webp",
            picture_width=100,
            picture_height=100,
            picture_alt="Potret",
        )

        found = entries(client, "artisans")
        images = {
            place: [image.text for image in url.iter(f"{{{XML['image']}}}loc")]
            for place, url in found.items()
        }

        assert images["http://testserver/perajin/tanpa/"] == []
        assert images["http://testserver/perajin/dengan/"] == [
            "http://testserver/media/artisans/potret.webp"
        ]

    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize(("section", "queries"), [("products", 2), ("artisans", 1)])
    def test_it_costs_the_same_queries_at_any_length(
        self, client, section, queries, count, django_assert_num_queries
    ):
        ProductFactory.create_batch(count)

        with django_assert_num_queries(queries):
            client.get(f"/sitemap-{section}.xml")


class TestRobotsAndManifest:
    def test_robots_do_not_learn_where_the_desk_is(self, client, settings):
        text = client.get("/robots.txt").text

        assert settings.ADMIN_PATH not in text
        assert "Sitemap: http://testserver/sitemap.xml" in text

    def test_a_demo_is_not_indexed(self, client, settings):
        settings.DEMO = True

        assert "Disallow: /\n" in client.get("/robots.txt").text

    def test_the_manifest_names_icons_that_exist(self, client):
        body = client.get("/manifest.webmanifest").json()

        assert body["name"] == "Kriya Lumajang"
        assert {icon["purpose"] for icon in body["icons"]} == {"any", "maskable"}
        assert (body["lang"], body["start_url"]) == ("id", "/")
        for icon in body["icons"]:
            assert finders.find(icon["src"].removeprefix("/static/")) is not None
