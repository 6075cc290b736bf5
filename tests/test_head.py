"""Each page has one address, a twin in the other language, and says what may be indexed."""

import re

import pytest

from accounts import documents
from tests.factories import CategoryFactory, ProductFactory, StoryFactory

pytestmark = pytest.mark.django_db
SITE = "http://testserver"

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
FILES = ("/static/", "/media/", "/manifest.webmanifest")
LINK = re.compile(r'href="(/[^"#]*)')
ROBOTS = re.compile(r'<meta name="robots" content="([^"]+)">')


def head(html: str) -> tuple[str, dict[str, str], str]:
    """Its canonical address, its alternates by language, and what robots may do."""
    html = html.replace("&amp;", "&")
    [canonical] = CANONICAL.findall(html)
    return canonical, dict(ALTERNATE.findall(html)), "".join(ROBOTS.findall(html))


def crawl(client) -> dict[str, str]:
    """Every page that a visitor reaches by links from the two home pages."""
    seen, ahead = {}, {"/", "/en/"}
    while ahead:
        url = ahead.pop()
        seen[url] = client.get(url).text
        found = {link.replace("&amp;", "&") for link in LINK.findall(seen[url])}
        ahead |= {link for link in found if not link.startswith(FILES)} - seen.keys()
    return seen


class TestTwins:
    def test_every_page_that_links_reach_names_twins_that_name_it_back(self, client, settings):
        settings.PRODUCTS_PER_PAGE = 2
        ProductFactory.create_batch(3, category=CategoryFactory())
        StoryFactory()
        documents.load()
        heads = {url: head(html) for url, html in crawl(client).items()}

        assert len(heads) > 30
        for url, (canonical, twins, _robots) in heads.items():
            assert set(twins) == {"id", "en", "x-default"}, url
            assert twins["x-default"] == twins["id"], url
            assert canonical in twins.values(), url
            for twin in {twins["id"], twins["en"]}:
                path = twin.removeprefix(SITE)
                theirs = heads[path] if path in heads else head(client.get(path).text)
                assert theirs[:2] == (twin, twins), url


class TestOneAddress:
    @pytest.fixture
    def shelves(self, settings):
        settings.PRODUCTS_PER_PAGE = 1
        category = CategoryFactory(slug="kain", parent__slug="batik")
        ProductFactory.create_batch(2, category=category)

    @pytest.mark.parametrize(
        ("query", "canonical", "robots"),
        [
            ("", "/katalog/", ""),
            ("?utm_source=x", "/katalog/", ""),
            ("?sort=cheapest", "/katalog/", ""),
            ("?page=1", "/katalog/", ""),
            ("?page=2", "/katalog/?page=2", ""),
            ("?page=entah", "/katalog/", ""),
            ("?craft=batik", "/katalog/?craft=batik", ""),
            ("?category=kain&sort=dearest&q=", "/katalog/?category=kain", ""),
            ("?craft=batik&page=2", "/katalog/?page=2&craft=batik", ""),
            ("?craft=tidak-ada", "/katalog/", ""),
            ("?price_max=100000", "/katalog/", ""),
            ("?available=true&page=2", "/katalog/", ""),
            ("?q=kain", "/katalog/", "noindex, follow"),
            ("?craft=batik&category=kain", "/katalog/", "noindex, follow"),
            ("?craft=batik&craft=perak", "/katalog/", "noindex, follow"),
            ("?price_min=1&price_max=9", "/katalog/", "noindex, follow"),
        ],
    )
    def test_of_the_catalogue(self, client, shelves, query, canonical, robots):
        found, twins, said = head(client.get(f"/katalog/{query}").text)

        assert found == twins["id"] == SITE + canonical
        assert said == robots

    def test_of_a_work_whichever_variant_is_chosen(self, client):
        product = ProductFactory()

        found, _twins, _robots = head(client.get(product.get_absolute_url(), {"sku": "X"}).text)

        assert found == SITE + product.get_absolute_url()
