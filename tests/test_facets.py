"""The numbers beside the choices are those of the lists, whatever is chosen."""

import random

import pytest
from django.db import transaction
from django.http import QueryDict

from artisans.models import Artisan
from catalogue import answers, listing, stock, version
from catalogue.filters import ProductFilter
from catalogue.models import Product, StockMovement, Variant
from tests.factories import (
    ArtisanFactory,
    CategoryFactory,
    CraftFactory,
    MaterialFactory,
    MotifFactory,
    ProductFactory,
    TechniqueFactory,
)

COMBINATIONS = 200
WORKS = 40
KINDS = tuple(answers.PATHS)


def chosen(query: str) -> ProductFilter:
    return ProductFilter(QueryDict(query), version.now())


@pytest.fixture
def market(db):
    """Forty works of random kinds; every run has its own, so a failure names its seed."""
    seed = random.randrange(10**6)
    dice = random.Random(seed)
    crafts = CraftFactory.create_batch(3)
    categories = [CategoryFactory(parent=craft) for craft in crafts for _ in range(3)]
    artisans = ArtisanFactory.create_batch(5)
    techniques, materials = TechniqueFactory.create_batch(4), MaterialFactory.create_batch(4)
    motifs = MotifFactory.create_batch(4)
    for _ in range(WORKS):
        work = ProductFactory(
            category=dice.choice(categories),
            artisan=dice.choice(artisans),
            technique=dice.choice(techniques),
            variant__price=dice.randrange(1, 30) * 10_000,
            variant__on_hand=dice.choice([0, 0, 3]),
        )
        work.techniques.add(dice.choice(techniques))
        work.materials.add(dice.choice(materials))
        work.motifs.set(dice.sample(motifs, dice.randrange(3)))
    return dice, seed


def some_query(dice: random.Random) -> str:
    """Any number of choices of any kinds, a price, availability, an order."""
    query = QueryDict(mutable=True)
    labels = chosen("").labels
    for kind in dice.sample(KINDS, dice.randrange(4)):
        query.setlist(kind, dice.sample(list(labels.of(kind)), dice.choice([1, 1, 2])))
    if dice.random() < 0.3:
        query["price_min"] = str(dice.randrange(1, 15) * 10_000)
    if dice.random() < 0.3:
        query["price_max"] = str(dice.randrange(10, 30) * 10_000)
    if dice.random() < 0.3:
        query["available"] = "true"
    if dice.random() < 0.3:
        query["q"] = dice.choice(["karya", "contoh", "sanggar"])
    query["sort"] = dice.choice(["newest", "cheapest", "dearest", "relevance"])
    return query.urlencode()


def choosing_only(query: str, kind: str, slug: str) -> str:
    """The query with nothing chosen in the facet but this."""
    changed = QueryDict(query, mutable=True)
    for name in ("craft", "category") if kind in {"craft", "category"} else (kind,):
        changed.pop(name, None)
    changed[kind] = slug
    return changed.urlencode()


def test_counts_equal_the_lists_for_200_random_combinations(market):
    dice, seed = market
    for _ in range(COMBINATIONS):
        query = some_query(dice)
        asked = chosen(query)
        counts = answers.counts(asked)
        for kind in KINDS:
            for slug, label in dice.sample(list(asked.labels.of(kind).items()), 1):
                listed = len(answers.ids(chosen(choosing_only(query, kind, slug))))
                assert counts[kind][label.pk] == listed, (seed, query, kind, slug)
        only = len(answers.ids(chosen(choosing_only(query, "available", "true"))))
        assert counts["available"][1] == only, (seed, query)


def test_a_list_holds_each_work_once_and_in_order(market):
    dice, seed = market
    for _ in range(30):
        query = some_query(dice)
        pks = list(answers.ids(chosen(query)))
        assert len(pks) == len(set(pks)), (seed, query)
        prices = dict(Product.objects.values_list("pk", "price_min"))
        if "cheapest" in query:
            assert [prices[pk] for pk in pks] == sorted(prices[pk] for pk in pks), (seed, query)


class TestTree:
    """Crafts and categories are one tree: a chosen category narrows its craft, not another's."""

    def test_choices_of_the_tree_add_up(self, client, db):
        one, two = CategoryFactory(), CategoryFactory()
        other = CategoryFactory(parent=one.parent)
        works = {
            name: ProductFactory(category=c).slug
            for name, c in (("a", one), ("b", other), ("c", two))
        }

        def listed(**query):
            page = client.get("/katalog/", query).context["page"]
            return {work.slug for work in page}

        assert listed(craft=one.parent.slug) == {works["a"], works["b"]}
        assert listed(craft=one.parent.slug, category=one.slug) == {works["a"]}
        assert listed(craft=two.parent.slug, category=one.slug) == {works["a"], works["c"]}


class TestVersion:
    """Nothing worked out before a change is shown after it; what changes no list changes nothing."""

    @pytest.fixture
    def work(self, db):
        return ProductFactory(variant__on_hand=2)

    @pytest.mark.parametrize(
        "change",
        [
            lambda work: listing.withdraw(work.pk),
            lambda work: Artisan.objects.update(status="suspended"),
            lambda work: Product.objects.update(price_min=1),
            lambda work: work.motifs.add(MotifFactory()),
            lambda work: work.techniques.clear(),
            lambda work: Variant.objects.update(is_active=False),
            lambda work: Variant.objects.update(reserved=2),
            lambda work: work.category.delete() if work.delete() else None,
        ],
    )
    def test_a_change_of_a_list_raises_it(self, work, change):
        before = version.now()
        Variant.objects.filter(product=work).update(sku="A")
        assert version.now() == before

        change(work)

        assert version.now() > before

    def test_a_sale_that_leaves_a_piece_changes_no_list(self, work):
        before = version.now()
        stock.move(work.variants.get().pk, -1, StockMovement.Reason.SOLD)

        assert version.now() == before
        stock.move(work.variants.get().pk, -1, StockMovement.Reason.SOLD)
        assert version.now() > before

    def test_the_next_request_sees_the_change(self, client, work):
        assert len(client.get("/katalog/").context["page"]) == 1
        listing.withdraw(work.pk)

        assert len(client.get("/katalog/").context["page"]) == 0

    def test_what_was_rolled_back_leaves_no_trace(self, client, work):
        class Stop(Exception):
            pass

        def withdraw_and_fail():
            with transaction.atomic():
                listing.withdraw(work.pk)
                assert len(client.get("/katalog/").context["page"]) == 0
                raise Stop

        with pytest.raises(Stop):
            withdraw_and_fail()

        assert len(client.get("/katalog/").context["page"]) == 1
        Product.objects.update(name="Lain")
        assert len(client.get("/katalog/").context["page"]) == 1

    def test_folding_keeps_the_sum_and_never_repeats_a_version(self, work):
        before = version.now()
        version.fold(most=0)
        version.fold(most=0)

        assert version.now()[0] == before[0]
        assert version.now()[1] > before[1]

    def test_few_rows_are_left_alone(self, work):
        before = version.now()
        version.fold()

        assert version.now() == before

    def test_with_a_version_that_stands_still_a_stale_count_would_be_shown(
        self, client, work, monkeypatch
    ):
        """The negative control: the answers really are kept."""
        before = version.now()
        client.get("/katalog/")
        monkeypatch.setattr(version, "now", lambda: before)
        listing.withdraw(work.pk)

        assert client.get("/katalog/").context["page"].paginator.count == 1
