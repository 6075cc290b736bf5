"""What is not published is nowhere: no page, list, search, sitemap, data or picture tells of it."""

import datetime
import re

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from catalogue.models import Collection, CollectionItem, Product
from tests.factories import (
    ArtisanFactory,
    CategoryFactory,
    DraftFactory,
    MotifFactory,
    PhotoFactory,
    ProductFactory,
    StoryFactory,
    VariantFactory,
)

pytestmark = pytest.mark.django_db

MARK = "zzrahasia"
LINK = re.compile(r'(?:href|src|content)="([^"#]+)')
LOCATION = re.compile(r"<loc>([^<]+)</loc>|<image:loc>([^<]+)</image:loc>|href=\"([^\"]+)\"")
SITE = "http://testserver"
FILES = ("/static/", "/media/")


def marked(**fields):
    """A work whose every word and file carries the mark."""
    return {
        "name": f"Kain {MARK}",
        "name_en": f"Cloth {MARK}",
        "description": f"Cerita {MARK}",
        "made_by": MARK,
        **fields,
    }


@pytest.fixture
def hidden():
    """Works, a maker, a story and a collection, unpublished in every way there is."""
    category = CategoryFactory()
    seen = ProductFactory(category=category, name="Kain Semeru")
    beside = {"artisan": seen.artisan, "category": category}
    motif = MotifFactory()
    seen.motifs.add(motif)
    suspended = ArtisanFactory(
        name=f"Sanggar {MARK}", slug=f"{MARK}-sanggar", maker_name=MARK, status="suspended"
    )
    ArtisanFactory(name=f"Bengkel {MARK}", slug=f"{MARK}-bengkel", status="draft")
    works = [
        DraftFactory(slug=f"{MARK}-draf", **marked(**beside)),
        ProductFactory(slug=f"{MARK}-arsip", **marked(**beside)),
        ProductFactory(slug=f"{MARK}-tutup", **marked(category=category, artisan=suspended)),
    ]
    Product.objects.filter(pk=works[1].pk).update(status="archived")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for number, work in enumerate(works):
        work.motifs.add(motif)
        VariantFactory(product=work, sku=f"{MARK}-{number}", option1="L")
        PhotoFactory(
            product=work, picture=f"photos/{MARK}-{number}.webp", picture_alt=MARK, position=9
        )
        Product.objects.filter(pk=work.pk).update(
            share_picture=f"share/{MARK}-{number}.jpg", former_slugs=[f"dulu-{number}"]
        )
    StoryFactory(slug=f"{MARK}-cerita", title=f"Cerita {MARK}", published_at=None)
    StoryFactory(slug=f"{MARK}-esok", title=f"Esok {MARK}", published_at=tomorrow)
    later = Collection.objects.create(title=MARK, slug=f"{MARK}-koleksi", intro=MARK)
    CollectionItem.objects.create(collection=later, product=seen)
    return works


def crawl(client, start: set[str]) -> dict[str, str]:
    """Every address that links, sitemaps and data lead an anonymous visitor to, with its text."""
    seen, ahead = {}, set(start)
    while ahead:
        url = ahead.pop()
        response = client.get(url)
        seen[url] = response.text if not response.streaming else ""
        links = LINK.findall(seen[url])
        links += [link for found in LOCATION.findall(seen[url]) for link in found if link]
        paths = {link.removeprefix(SITE).replace("&amp;", "&") for link in links}
        ahead |= {p for p in paths if p.startswith("/") and not p.startswith(FILES)} - seen.keys()
    return seen


STARTS = {
    "/",
    "/en/",
    "/robots.txt",
    "/sitemap.xml",
    "/manifest.webmanifest",
    "/katalog/?sort=cheapest",
    "/katalog/?sort=dearest",
    "/en/catalogue/?available=true",
    *(f"/katalog/?page={number}" for number in range(1, 4)),
}


class TestNowhere:
    def test_an_anonymous_crawl_never_meets_it(self, client, hidden):
        pages = crawl(client, STARTS)

        assert len(pages) > 40
        assert any(url.startswith("/sitemap-") for url in pages)
        assert any(url.startswith("/laporkan/") for url in pages)
        assert {url for url, text in pages.items() if MARK in text} == set()
        assert {url for url in pages if MARK in url} == set()

    @pytest.mark.parametrize("words", [MARK, f"kain {MARK}", MARK[:5]])
    def test_no_search_finds_it(self, client, hidden, words):
        for url in ("/katalog/", "/en/catalogue/"):
            page = client.get(url, {"q": words}).context["page"]
            assert [work for work in page if work in hidden] == []

    def test_no_filter_names_it(self, client, hidden):
        for query in ({"artisan": f"{MARK}-sanggar"}, {"category": hidden[0].category.slug}):
            text = client.get("/katalog/", query).text
            assert f"Sanggar {MARK}" not in text
            assert f"Kain {MARK}" not in text

    def test_its_own_addresses_do_not_answer(self, client, hidden):
        slugs = [work.slug for work in hidden] + [f"dulu-{number}" for number in range(4)]
        for slug in slugs:
            for path in ("/produk/{}/", "/en/products/{}/", "/laporkan/{}/", "/en/report/{}/"):
                response = client.get(path.format(slug))
                assert response.status_code == 404, path
                assert f"Kain {MARK}" not in response.text
        for slug in (f"{MARK}-sanggar", f"{MARK}-bengkel"):
            assert client.get(f"/perajin/{slug}/").status_code == 404

    def test_the_same_words_published_are_found(self, client, hidden):
        """The crawl above can see: it fails when the mark is public."""
        ProductFactory(slug="terang", **marked())

        assert {url for url, text in crawl(client, STARTS).items() if MARK in text} != set()


class TestPictures:
    def test_an_address_is_random_and_tells_nothing(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        draft = DraftFactory(slug=MARK, name=MARK)
        photos = [PhotoFactory.build(product=draft, picture="") for _ in range(2)]
        for photo in photos:
            photo.keep_picture(ContentFile(b"x"))

        names = [photo.picture.name for photo in photos]
        assert len(set(names)) == 2
        for name in names:
            assert re.fullmatch(r"photos/([0-9a-f]{2})/\1[0-9a-f]{30}\.webp", name)
