"""Finding by words: synonyms, affixes, typing errors, both languages, and what must not be found."""

import datetime

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone

from catalogue import answers, version
from catalogue.filters import ProductFilter
from catalogue.models import Product, SearchMiss, SearchWord, Synonym
from catalogue.search import corrections, index, misses, words
from catalogue.search.suggestions import suggest
from tests import searched
from tests.factories import ArtisanFactory, DraftFactory, ProductFactory

pytestmark = pytest.mark.django_db


def found(text, **choices) -> list[str]:
    query = QueryDict(mutable=True)
    query.update({"q": text, **choices})
    pks = answers.ids(ProductFilter(query, version.now()))
    slugs = dict(Product.objects.filter(pk__in=pks).values_list("pk", "slug"))
    return [slugs[pk] for pk in pks]


@pytest.fixture
def shop():
    return searched.fill()


def test_sixty_queries_find_the_right_work_first(shop):
    assert len(searched.QUERIES) >= 60

    first = {query: (found(query) or ["nothing"])[0] for query in searched.QUERIES}

    assert first == {query: shop[key] for query, key in searched.QUERIES.items()}


def test_look_alikes_are_never_found(shop):
    wrong = {query for query, key in searched.NEVER.items() if shop[key] in found(query)}

    assert wrong == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("perajin", "pengrajin"),
        ("perajin", "kerajinan"),
        ("pewarna", "pewarnaan"),
        ("mengirim", "pengiriman"),
        ("penenun", "tenunan"),
        ("pesanan", "pemesanan"),
        ("cetakan", "percetakan"),
        ("batikan", "membatik"),
        ("tasnya", "tas"),
        ("baskets", "basket"),
        ("boxes", "box"),
    ],
)
def test_words_of_one_root_are_one(one, other):
    assert words.stem(one) == words.stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kemeja", "meja"), ("keranjang", "ranjang"), ("permata", "mata"), ("kelapa", "lapa")],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert words.stem(one) != words.stem(other)


class TestMeaning:
    def test_a_typing_error_is_answered_and_named(self, client, shop):
        response = client.get("/katalog/", {"q": "selendnag semeru"})

        assert "Mungkin maksud Anda" in response.text
        assert "selendang semeru</a>" in response.text
        assert [work.slug for work in response.context["page"]] == [shop["semeru"]]

    def test_a_word_that_no_work_knows_is_left_out_and_named(self, client, shop):
        response = client.get("/katalog/", {"q": "tas kulit buaya"})

        assert response.context["filter"].found.left_out == ("kulit", "buaya")
        assert "kulit, buaya" in response.text

    def test_words_that_no_work_has_together_find_nothing_but_show_what_is_near(self, client, shop):
        response = client.get("/katalog/", {"q": "kemeja perak"})

        assert list(response.context["page"]) == []
        near = {work.slug for work in response.context["near"]}
        assert {shop["kemeja"], shop["cincin"]} <= near

    def test_a_price_chosen_by_hand_outranks_a_written_one(self, shop):
        assert shop["kirana"] in found("batik di bawah 200rb")
        assert shop["agung"] in found("batik di bawah 200rb", price_max="1.000.000")

    @pytest.mark.parametrize("text", ["perak 925", "tikar 115 x 225", "batik 1/2", "besek isi 3"])
    def test_a_number_that_may_be_no_price_is_a_word(self, text):
        query = ProductFilter(QueryDict(f"q={text}"), version.now())

        assert query.found.is_narrowed is False

    def test_cheap_orders_by_price_unless_another_order_is_chosen(self, shop):
        assert found("bambu murah")[0] == shop["besek"]
        assert found("bambu murah", sort="dearest")[0] == shop["lampu"]

    def test_what_is_true_of_every_work_finds_every_work(self, shop):
        assert len(found("kerajinan lumajang")) == len(shop)
        assert len(found("Lumajang")) == len(shop)

    @pytest.mark.parametrize(
        "text", ["", " ", "!!!", "( | & :*", "'; drop table", "\x00", "a" * 500]
    )
    def test_any_text_is_answered(self, client, shop, text):
        assert client.get("/katalog/", {"q": text}).status_code == 200


class TestUpkeep:
    def test_a_new_synonym_counts_at_once(self, shop):
        assert found("kipas") == []
        Synonym.objects.create(word="tikar mendong", leads_here="kipas")

        assert found("kipas") == [shop["tikar"]]

    def test_a_renamed_maker_is_found_by_the_new_name(self, shop):
        product = Product.objects.get(slug=shop["agung"])
        type(product.artisan).objects.update(name="Sanggar Melati")
        index.update_related("artisan", product.artisan_id)

        assert shop["agung"] in found("melati")

    def test_a_withdrawn_work_lends_its_words_to_no_correction(self, shop):
        draft = DraftFactory(name="Kain rahasiawangi")
        index.update([draft.pk])
        index.count_words()

        assert found("rahasiawangi") == []
        assert not SearchWord.objects.filter(word="rahasiawangi").exists()
        assert corrections.correct(["rahasiawanggi"], ()) == {}

    def test_rebuilding_finds_what_was_found_before(self, shop):
        before = found("tas pandan")
        Product.objects.get(slug=shop["tikar"]).document.delete()

        assert call_command("rebuild_search") == f"{len(shop)} products can be found"
        assert found("tas pandan") == before
        assert found("mendong") == [shop["tikar"]]

    @pytest.mark.parametrize(
        ("one", "other", "errors"),
        [("batik", "batik", 0), ("btaik", "batik", 1), ("batk", "batik", 1), ("bambu", "kayu", 3)],
    )
    def test_two_swapped_letters_are_one_error(self, one, other, errors):
        assert corrections.distance(one, other) == errors


class TestMisses:
    def test_a_search_in_vain_is_counted_outside_the_request(self, client, shop):
        for text in ("Gitar", "gitar ", "sepatu"):
            client.get("/katalog/", {"q": text})
        assert SearchMiss.objects.count() == 0
        misses.flush()

        client.get("/katalog/", {"q": "gitar"})
        misses.flush()

        counted = dict(SearchMiss.objects.values_list("query", "count"))
        assert counted == {"gitar": 3, "sepatu": 1}

    @pytest.mark.parametrize(
        "text",
        [
            "sari@contoh.example",
            "0812 3456 7890",
            "3508123456789012",
            "apakah ibu masih menjual ini ya kak",
        ],
    )
    def test_what_may_tell_who_asked_is_not_kept(self, text):
        misses.note(text)
        misses.flush()

        assert SearchMiss.objects.count() == 0

    def test_a_search_that_nobody_repeats_is_forgotten_after_a_year(self):
        for query, days in (("gitar", 300), ("sepatu", 400)):
            day = timezone.localdate() - datetime.timedelta(days=days)
            SearchMiss.objects.create(query=query, count=1, last_on=day)

        misses.forget_old()

        assert list(SearchMiss.objects.values_list("query", flat=True)) == ["gitar"]

    def test_what_was_found_is_no_miss(self, client, shop):
        client.get("/katalog/", {"q": "tas"})

        assert misses.flush() == 0


class TestSuggestions:
    def test_the_catalogue_s_words_come_first_then_works(self, shop):
        offered = [(s.kind, s.label) for s in suggest("pisang", version.now())]

        assert offered[0] == ("Motif", "Pisang Agung")
        assert ("Karya", "Kain batik tulis Pisang Agung pirus") in offered
        assert len(offered) <= 8

    def test_an_unfinished_word_is_enough(self, client, shop):
        body = client.get("/katalog/saran/", {"q": "keranj"}).json()

        assert body["suggestions"][0]["url"] == "/katalog/?category=keranjang-dan-wadah"
        assert f"/produk/{shop['keranjang']}/" in [s["url"] for s in body["suggestions"]]

    def test_they_speak_the_reader_s_language(self, client, shop):
        body = client.get("/en/catalogue/suggestions/", {"q": "teak"}).json()

        urls = {suggestion["url"]: suggestion["label"] for suggestion in body["suggestions"]}
        assert urls[f"/en/products/{shop['talenan']}/"].startswith("Teak cutting board")

    @pytest.mark.parametrize("text", ["", "k", "' & |", "\x00", "zzzz"])
    def test_nothing_to_offer_is_an_empty_list(self, client, shop, text):
        assert client.get("/katalog/saran/", {"q": text}).json() == {"suggestions": []}

    def test_it_never_offers_what_visitors_may_not_see(self, shop):
        ArtisanFactory(name="Sanggar Rahasia", status="suspended")
        hidden = ProductFactory(name="Kain Rahasia", artisan__status="suspended")
        index.update([hidden.pk])

        assert suggest("rahasia", version.now()) == []

    def test_it_costs_the_same_queries_at_any_length(self, shop, django_assert_num_queries):
        suggest("ba", version.now())

        with django_assert_num_queries(2):
            suggest("batik", version.now())

    def test_only_reading_is_allowed(self, client):
        assert client.post("/katalog/saran/").status_code == 405
