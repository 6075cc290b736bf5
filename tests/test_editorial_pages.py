"""Motifs, collections and stories, as a reader meets them."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import (
    ArtisanFactory,
    CollectionFactory,
    DraftFactory,
    MotifFactory,
    ProductFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

TWINS = {
    "/motif/": "/en/motifs/",
    "/koleksi/": "/en/collections/",
    "/cerita/": "/en/stories/",
    "/cara-membeli/": "/en/how-to-buy/",
    "/pengiriman-dan-pengembalian/": "/en/delivery-and-returns/",
    "/kontak/": "/en/contact/",
}


def tomorrow() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=1)


class TestAddresses:
    @pytest.mark.parametrize(("indonesian", "english"), TWINS.items())
    def test_each_page_has_a_twin_in_its_language_and_takes_no_post(
        self, client, indonesian, english
    ):
        for url, code in ((indonesian, "id"), (english, "en")):
            response = client.get(url)
            assert response.status_code == 200
            assert f'<html lang="{code}"' in response.text
            assert f'hreflang="en" href="http://testserver{english}"' in response.text
            assert response.text.count("<h1") == 1
            assert client.post(url).status_code == 405

    @pytest.mark.parametrize(
        ("factory", "indonesian", "english"),
        [
            (MotifFactory, "/motif/x/", "/en/motifs/x/"),
            (CollectionFactory, "/koleksi/x/", "/en/collections/x/"),
            (StoryFactory, "/cerita/x/", "/en/stories/x/"),
        ],
    )
    def test_a_row_has_its_page_in_both_languages(self, client, factory, indonesian, english):
        assert client.get(indonesian).status_code == 404
        factory(slug="x")
        for url in (indonesian, english):
            response = client.get(url)
            assert response.status_code == 200
            assert 'property="og:title"' in response.text
            assert client.post(url).status_code == 405

    def test_the_footer_of_every_page_leads_to_them(self, client):
        home = client.get("/").text

        for url in [*TWINS, "/privasi/", "/syarat/"]:
            assert f'href="{url}"' in home


class TestMotif:
    def test_its_page_tells_meaning_origin_source_keeper_and_works(self, client):
        motif = MotifFactory(
            name="Pisang Agung",
            meaning="Lambang Lumajang.",
            origin="Kabupaten Lumajang",
            source="Wawancara 2026",
            keeper="Kelompok Kirana",
        )
        work = ProductFactory(name="Kain pisang")
        work.motifs.add(motif)

        html = client.get(motif.get_absolute_url()).text

        for words in (
            "Lambang Lumajang.",
            "Kabupaten Lumajang",
            "Wawancara 2026",
            "Kelompok Kirana",
            "Kain pisang",
            f"/katalog/?motif={motif.slug}",
        ):
            assert words in html
        assert "izin penjaganya" not in html

    def test_a_restricted_motif_says_so(self, client):
        motif = MotifFactory(is_restricted=True, keeper="Kelompok Kirana")

        assert "hanya dipakai atas izin penjaganya" in client.get(motif.get_absolute_url()).text

    def test_what_is_not_known_is_left_out(self, client):
        html = client.get(MotifFactory(origin="", keeper="").get_absolute_url()).text

        assert "Asal" not in html
        assert "Penjaga motif" not in html
        assert "?motif=" not in html

    def test_it_counts_and_shows_only_works_on_show(self, client):
        motif = MotifFactory()
        seen, hidden = ProductFactory(), ProductFactory(artisan__status="suspended")
        for product in (seen, hidden, DraftFactory()):
            product.motifs.add(motif)

        response = client.get(motif.get_absolute_url())

        assert list(response.context["products"]) == [seen]
        assert response.context["motif"].product_count == 1
        assert client.get("/motif/").context["page"][0].product_count == 1

    def test_neighbours_are_those_drawn_on_the_same_works_first(self, client):
        motif, friend, stranger = MotifFactory(), MotifFactory(), MotifFactory(position=0)
        ProductFactory().motifs.set([motif, friend])

        response = client.get(motif.get_absolute_url())

        assert list(response.context["neighbours"]) == [friend, stranger]

    def test_the_list_begins_with_pictures_and_keeps_the_order_of_the_desk(self, client):
        plain = MotifFactory(position=0)
        picture = {
            "picture": "motifs/contoh.webp",
            "picture_width": 1200,
            "picture_height": 1500,
            "picture_alt": "Motif",
        }
        second, first = MotifFactory(position=2, **picture), MotifFactory(position=1, **picture)

        context = client.get("/motif/").context

        assert context["pictured"] == [first, second]
        assert context["plain"] == [plain]

    def test_a_work_leads_to_its_motif(self, client):
        work, motif = ProductFactory(), MotifFactory()
        work.motifs.add(motif)

        html = client.get(f"/en/products/{work.slug}/").text

        assert f'href="/en/motifs/{motif.slug}/"' in html


class TestCollection:
    def test_works_stand_in_the_chosen_order_and_hidden_ones_nowhere(self, client):
        first, second, hidden = ProductFactory(), ProductFactory(), DraftFactory()
        collection = CollectionFactory(works=[second, hidden, first])

        response = client.get(collection.get_absolute_url())

        assert list(response.context["products"]) == [second, first]
        assert client.get("/koleksi/").context["page"][0].product_count == 2

    def test_it_is_paged(self, client, settings):
        settings.PRODUCTS_PER_PAGE = 2
        collection = CollectionFactory(works=ProductFactory.create_batch(3))

        assert len(client.get(collection.get_absolute_url(), {"page": 2}).context["products"]) == 1

    @pytest.mark.parametrize("published_at", [None, tomorrow()])
    def test_an_unpublished_one_is_nowhere(self, client, published_at):
        seen = CollectionFactory()
        hidden = CollectionFactory(title="Rahasia", slug="rahasia", published_at=published_at)

        assert client.get(hidden.get_absolute_url()).status_code == 404
        pages = ["/koleksi/", "/cerita/", seen.get_absolute_url(), "/sitemap-collections.xml"]
        for url in pages:
            assert "rahasia" not in client.get(url).text.lower()
        assert seen.slug in client.get("/sitemap-collections.xml").text


class TestStory:
    def test_it_shows_its_text_its_maker_and_their_works(self, client):
        work = ProductFactory(artisan__maker_name="Sulastri")
        story = StoryFactory(artisan=work.artisan, body="## Pagi\n\nSatu.\n\n- dua")

        html = client.get(story.get_absolute_url()).text

        for words in ('<h2 id="s-pagi">Pagi</h2>', "<li>dua</li>", "Sulastri", work.name):
            assert words in html

    def test_a_maker_who_is_not_shown_is_not_named(self, client):
        hidden = ArtisanFactory(maker_name="Sulastri", status="suspended")
        story = StoryFactory(artisan=hidden)

        for url in (story.get_absolute_url(), "/cerita/", "/"):
            html = client.get(url).text
            assert "Sulastri" not in html
            assert hidden.slug not in html

    def test_a_story_without_a_maker_is_a_story(self, client):
        assert client.get(StoryFactory().get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("published_at", [None, tomorrow()])
    def test_an_unpublished_one_is_nowhere(self, client, published_at):
        seen = StoryFactory()
        hidden = StoryFactory(title="Rahasia", slug="rahasia", published_at=published_at)

        assert client.get(hidden.get_absolute_url()).status_code == 404
        for url in ("/", "/cerita/", seen.get_absolute_url(), "/sitemap-stories.xml"):
            assert "rahasia" not in client.get(url).text.lower()
        assert seen.slug in client.get("/sitemap-stories.xml").text

    def test_the_home_page_leads_to_the_newest(self, client):
        story = StoryFactory()

        assert f'href="{story.get_absolute_url()}"' in client.get("/").text

    def test_hostile_text_is_escaped(self, client):
        story = StoryFactory(title="<script>a</script>", body="## <script>b</script>")

        assert "<script>" not in client.get(story.get_absolute_url()).text

    def test_english_readers_are_told_when_it_is_indonesian_only(self, client):
        story = StoryFactory()

        assert "Only in Indonesian so far." in client.get(f"/en/stories/{story.slug}/").text


class TestCosts:
    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize(
        ("url", "queries"), [("/motif/", 2), ("/koleksi/", 2), ("/cerita/", 3)]
    )
    def test_a_list_costs_the_same_queries_at_any_length(
        self, client, url, queries, count, django_assert_num_queries
    ):
        for _ in range(count):
            work = ProductFactory()
            work.motifs.add(MotifFactory())
            CollectionFactory(works=[work])
            StoryFactory(artisan=work.artisan)

        with django_assert_num_queries(queries):
            client.get(url)

    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize(("kind", "queries"), [("motif", 3), ("collection", 4), ("story", 6)])
    def test_a_page_costs_the_same_queries_however_much_is_on_it(
        self, client, kind, queries, count, django_assert_num_queries
    ):
        artisan, motif = ArtisanFactory(), MotifFactory()
        works = ProductFactory.create_batch(count, artisan=artisan)
        for work in works:
            work.motifs.set([motif, MotifFactory()])
            CollectionFactory(works=[work])
            StoryFactory(artisan=artisan)
        rows = {
            "motif": motif,
            "collection": CollectionFactory(works=works),
            "story": StoryFactory(artisan=artisan),
        }

        with django_assert_num_queries(queries):
            client.get(rows[kind].get_absolute_url())


class TestContact:
    def test_what_is_set_is_shown_and_what_is_not_leaves_no_hole(self, client, settings):
        assert "akan tampil di sini setelah ditetapkan" in client.get("/kontak/").text

        settings.SITE = settings.SITE | {
            "email": "kriya@contoh.example",
            "whatsapp": "628120000000",
            "address": "Jl. Contoh 1, Lumajang",
        }
        html = client.get("/kontak/").text

        assert "mailto:kriya@contoh.example" in html
        assert "https://wa.me/628120000000" in html
        assert "Jl. Contoh 1, Lumajang" in html
        assert "akan tampil di sini setelah ditetapkan" not in html

    def test_the_ministry_s_complaint_service_is_named(self, client):
        html = client.get("/kontak/").text

        assert "Perlindungan Konsumen dan Tertib Niaga" in html
        assert "0853-1111-1010" in html


def test_the_sitemap_lists_motifs_and_the_pages_to_read(client):
    motif = MotifFactory()

    assert f"/en/motifs/{motif.slug}/" in client.get("/sitemap-motifs.xml").text
    pages = client.get("/sitemap-pages.xml").text
    for url in (*TWINS, *TWINS.values(), "/privasi/", "/en/terms/"):
        assert f"http://testserver{url}</loc>" in pages
