"""What a visitor sees, in both languages, at any size of the catalogue."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from catalogue import listing
from tests.factories import (
    ArtisanFactory,
    DistrictFactory,
    DraftFactory,
    MotifFactory,
    ProductFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

PAGES = {
    "home": ("/", "/en/"),
    "product_list": ("/katalog/", "/en/catalogue/"),
    "artisan_list": ("/perajin/", "/en/artisans/"),
    "district_list": ("/kecamatan/", "/en/districts/"),
    "about": ("/tentang/", "/en/about/"),
    "account_login": ("/akun/login/", "/en/account/login/"),
    "account_signup": ("/akun/signup/", "/en/account/signup/"),
    "account_reset_password": ("/akun/password/reset/", "/en/account/password/reset/"),
}
QUERIES = {  # the first time after a change, and every time after it
    "/": (8, 2),
    "/katalog/": (5, 1),
    "/perajin/": (4, 1),
    "/kecamatan/": (4, 1),
}


def shown(response) -> list[str]:
    return [product.name for product in response.context["page"]]


class TestAddresses:
    @pytest.mark.parametrize(("name", "urls"), PAGES.items())
    def test_every_page_answers_in_both_languages(self, client, name, urls):
        for url, code in zip(urls, ("id", "en"), strict=True):
            with translation.override(code):
                assert reverse(name) == url
            response = client.get(url)
            assert response.status_code == 200
            assert f'<html lang="{code}"' in response.text
            assert response["Content-Language"] == code

    @pytest.mark.parametrize("url", ["/", "/en/catalogue/", "/tentang/"])
    def test_each_page_names_its_twin_and_its_one_address(self, client, url):
        html = client.get(url + "?utm_source=x").text

        assert html.count('rel="canonical"') == 1
        assert f'rel="canonical" href="http://testserver{url}"' in html
        for code in ("id", "en"):
            assert f'hreflang="{code}"' in html
        assert 'property="og:title"' in html

    @pytest.mark.parametrize("urls", PAGES.values())
    def test_a_wrong_method_is_refused(self, client, urls):
        if urls[0].startswith("/akun/"):
            return
        assert client.post(urls[0]).status_code == 405

    @pytest.mark.parametrize("url", ["/tidak-ada/", "/en/nothing/", "/produk/x/", "/perajin/x/"])
    def test_an_unknown_address_gets_a_page_in_its_language(self, client, url):
        response = client.get(url)

        assert response.status_code == 404
        assert response["Content-Language"] == ("en" if url.startswith("/en/") else "id")
        assert ("This page does not exist" in response.text) is url.startswith("/en/")

    def test_the_style_page_exists_in_the_demo_only(self, client, settings):
        assert client.get("/gaya/").status_code == 404
        settings.DEMO = True
        assert client.get("/gaya/").status_code == 200

    def test_the_language_of_a_browser_or_cookie_changes_nothing(self, client):
        html = client.get("/", headers={"accept-language": "en"}, HTTP_COOKIE="django_language=en")

        assert '<html lang="id"' in html.text


class TestVisibility:
    def test_only_published_works_of_published_workshops_are_shown(self, client):
        seen = ProductFactory()
        DraftFactory()
        hidden = ProductFactory(artisan__status="suspended")
        gone = ProductFactory()
        listing.withdraw(gone.pk)

        assert shown(client.get("/katalog/")) == [seen.name]
        for product in (hidden, gone):
            assert client.get(product.get_absolute_url()).status_code == 404
            assert product.slug not in client.get("/sitemap-products.xml").text
        assert client.get(hidden.artisan.get_absolute_url()).status_code == 404

    def test_private_fields_never_reach_a_page(self, client):
        artisan = ArtisanFactory(
            contact_phone="0811-RAHASIA", contact_email="x@rahasia.example", contact_address="Gg. X"
        )
        product = ProductFactory(artisan=artisan)
        pages = [artisan.get_absolute_url(), product.get_absolute_url(), "/perajin/", "/katalog/"]

        for url in pages:
            assert "RAHASIA" not in client.get(url).text.upper()

    def test_hostile_text_is_escaped(self, client):
        product = ProductFactory(name="<script>alert(1)</script>", description="<b>x</b>")

        for url in ("/katalog/", product.get_absolute_url()):
            assert "<script>alert" not in client.get(url).text
            assert "<b>x</b>" not in client.get(url).text


class TestReading:
    def test_looking_changes_nothing(self, client):
        """Every statement behind a public page only reads; misses are counted after it."""
        product = ProductFactory()
        product.motifs.add(MotifFactory())
        story = StoryFactory(artisan=product.artisan)
        shown = [product, product.artisan, product.artisan.district, product.motifs.get(), story]
        urls = [*QUERIES, "/motif/", "/koleksi/", "/cerita/", "/katalog/?q=gitar", "/sitemap.xml"]
        urls += [row.get_absolute_url() for row in shown] + ["/katalog/saran/?q=kain"]

        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200, url
            starts = {query["sql"].split(None, 1)[0] for query in asked.captured_queries}
            assert starts <= {"SELECT", "(SELECT"}, (url, starts)


class TestCosts:
    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize(("url", "queries"), QUERIES.items())
    def test_a_list_costs_the_same_queries_at_any_length(
        self, client, url, queries, count, django_assert_num_queries
    ):
        ProductFactory.create_batch(count)
        StoryFactory()

        for number in queries:
            with django_assert_num_queries(number):
                client.get(url)

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_maker_and_a_place_cost_the_same(self, client, count, django_assert_num_queries):
        artisan = ArtisanFactory()
        ProductFactory.create_batch(count, artisan=artisan)

        with django_assert_num_queries(5):
            client.get(artisan.get_absolute_url())
        with django_assert_num_queries(8):
            client.get(artisan.district.get_absolute_url())


def test_empty_tables_still_make_pages(client: Client):
    DistrictFactory()
    for url in ("/", "/katalog/", "/perajin/", "/kecamatan/"):
        assert client.get(url).status_code == 200
