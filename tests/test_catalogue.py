"""Narrowing the catalogue: by craft, place, price, words; and wrong input."""

import pytest
from django.http import QueryDict

from catalogue.filters import RupiahField
from tests.factories import CategoryFactory, DistrictFactory, ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db
URL = "/katalog/"


def names(client, **query) -> list[str]:
    return [product.name for product in client.get(URL, query).context["page"]]


def offered(client, key, **query) -> dict[str, int]:
    """Counts by value of one kind of choice, wherever in the sidebar it stands."""
    facets = client.get(URL, query).context["facets"]
    shown = [choice for facet in facets for choice in [*facet.choices, *facet.more]]
    shown += [inner for choice in shown for inner in choice.inner]
    return {choice.value: choice.count for choice in shown if choice.key == key}


@pytest.fixture
def shop():
    """Two crafts, three places, three prices."""
    cloth, basket = CategoryFactory(), CategoryFactory()
    ProductFactory(name="Kain Semeru", category=cloth, variant__price=300_000)
    ProductFactory(name="Selendang", category=cloth, variant__price=100_000)
    ProductFactory(name="Tampah", category=basket, variant__price=50_000, variant__on_hand=0)
    return {"cloth": cloth, "basket": basket}


class TestFilters:
    def test_by_craft_and_category(self, client, shop):
        cloth = shop["cloth"]

        assert set(names(client, craft=cloth.parent.slug)) == {"Kain Semeru", "Selendang"}
        assert names(client, category=shop["basket"].slug) == ["Tampah"]
        both = [cloth.parent.slug, shop["basket"].parent.slug]
        assert len(names(client, craft=both)) == 3

    @pytest.mark.parametrize("spelling", ["100000", "100.000", "Rp 100.000", "rp100.000"])
    def test_prices_are_read_as_people_write_them(self, client, shop, spelling):
        assert names(client, price_min=spelling, sort="cheapest") == ["Selendang", "Kain Semeru"]
        assert names(client, price_max=spelling, sort="cheapest") == ["Tampah", "Selendang"]

    def test_only_what_can_be_bought(self, client, shop):
        ProductFactory(
            name="Pesanan",
            variant__supply="made_to_order",
            variant__on_hand=0,
            variant__max_order=2,
        )
        held = ProductFactory(name="Dipesan", variant__on_hand=1, variant__reserved=1)

        found = names(client, available="true")

        assert "Pesanan" in found
        assert held.name not in found
        assert "Tampah" not in found

    def test_every_word_must_be_found_in_name_maker_or_place(self, client, shop):
        place = DistrictFactory(name="Kunir")
        ProductFactory(name="Kain Pasir", artisan__district=place, artisan__maker_name="Sulastri")

        assert names(client, q="kain kunir") == ["Kain Pasir"]
        assert names(client, q="SULASTRI") == ["Kain Pasir"]
        assert names(client, q="kain kunir semeru") == []

    def test_by_place_and_maker(self, client, shop):
        work = ProductFactory(name="Kain Kunir")

        assert names(client, district=work.artisan.district.slug) == ["Kain Kunir"]
        assert names(client, artisan=work.artisan.slug) == ["Kain Kunir"]


class TestOrder:
    def test_newest_first_unless_asked(self, client, shop):
        assert names(client) == ["Tampah", "Selendang", "Kain Semeru"]
        assert names(client, sort="cheapest") == ["Tampah", "Selendang", "Kain Semeru"]
        assert names(client, sort="dearest") == ["Kain Semeru", "Selendang", "Tampah"]

    def test_twenty_four_a_page_and_a_last_page_that_holds_the_rest(self, client):
        category = CategoryFactory()
        ProductFactory.create_batch(25, category=category)

        assert len(names(client)) == 24
        assert len(names(client, page=2)) == 1
        assert len(names(client, page=99)) == 1
        assert len(names(client, page="x")) == 24


class TestFacets:
    def test_a_choice_without_works_is_not_offered(self, client, shop):
        empty = CategoryFactory()

        assert empty.slug not in offered(client, "category")
        assert offered(client, "craft") == {
            shop["cloth"].parent.slug: 2,
            shop["basket"].parent.slug: 1,
        }

    def test_counts_follow_the_other_choices_but_not_their_own(self, client, shop):
        counts = offered(client, "craft", craft=shop["cloth"].parent.slug, price_max="100.000")

        assert counts == {shop["cloth"].parent.slug: 1, shop["basket"].parent.slug: 1}

    def test_chips_name_every_choice_and_how_to_drop_it(self, client, shop):
        craft = shop["cloth"].parent
        response = client.get(
            URL, {"craft": craft.slug, "q": "kain", "price_min": "50.000", "page": 2}
        )

        chips = {
            chip.label: QueryDict(chip.url.partition("?")[2]).dict()
            for chip in response.context["chips"]
        }

        assert chips == {
            craft.name: {"q": "kain", "price_min": "50.000"},
            "“kain”": {"craft": craft.slug, "price_min": "50.000"},
            "mulai Rp50.000": {"craft": craft.slug, "q": "kain"},
        }


class TestWrongInput:
    @pytest.mark.parametrize(
        "query",
        [
            {"price_min": "murah"},
            {"price_max": "-5"},
            {"craft": "tidak-ada"},
            {"sort": "; drop table"},
            {"q": "x" * 5000},
            {"available": "entah"},
            {"page": "-1"},
            {"q": "\x00"},
        ],
    )
    def test_it_is_answered_with_a_page(self, client, shop, query):
        assert client.get(URL, query).status_code == 200

    def test_a_price_that_is_no_number_is_said_beside_its_field(self, client, shop):
        response = client.get(URL, {"price_min": "murah"})

        assert 'aria-describedby="price-error"' in response.text
        assert 'value="murah"' in response.text

    def test_no_result_is_a_page_with_a_way_on(self, client, shop):
        response = client.get(URL, {"q": "tidakada"})

        assert len(response.context["page"]) == 0
        assert 'href="/katalog/"' in response.text


def test_an_amount_may_be_empty():
    assert RupiahField(required=False).clean("") is None


def test_the_price_of_a_list_follows_its_offered_variants(client):
    product = ProductFactory(variant__price=100_000)
    VariantFactory(product=product, option1="L", price=90_000, is_active=False)
    assert product.price_min == 100_000
