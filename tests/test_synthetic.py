"""A made-up catalogue keeps every rule of a real one."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max, Min, Q, Sum

from artisans import districts
from artisans.models import Artisan
from catalogue import synthetic, truth, vocabulary
from catalogue.models import Photo, Product, StockMovement, Variant

pytestmark = pytest.mark.django_db
COUNT = 300


@pytest.fixture
def words(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    districts.load()
    vocabulary.load()


@pytest.fixture
def catalogue(words):
    synthetic.load(COUNT, seed=7)


@pytest.mark.usefixtures("catalogue")
class TestRules:
    def test_there_are_as_many_works_as_asked_for_and_all_are_samples(self):
        assert Product.objects.count() == COUNT
        assert Product.objects.filter(artisan__is_sample=False).exists() is False
        assert Artisan.objects.count() == synthetic.FEWEST_MAKERS

    def test_a_work_is_called_batik_only_when_it_is(self):
        for product in Product.objects.select_related("category").prefetch_related("techniques"):
            names = {"name": product.name, "name_en": product.name_en}
            truth.check_batik(names, product.category, product.techniques.all())

    def test_every_ledger_sums_to_what_is_on_hand(self):
        sums = Variant.objects.annotate(moved=Sum("movements__quantity", default=0))

        assert sums.exclude(moved=F("on_hand")).exists() is False
        assert StockMovement.objects.filter(reason="sold").exists()

    def test_prices_of_works_mirror_those_of_their_variants(self):
        mirrors = Product.objects.annotate(
            low=Min("variants__price"), high=Max("variants__price"), n=Count("variants")
        )

        assert mirrors.exclude(price_min=F("low"), price_max=F("high")).exists() is False
        assert set(mirrors.values_list("n", flat=True)) == {1, 2, 3, 4}

    def test_every_kind_of_work_is_there(self):
        supplies = set(Variant.objects.values_list("supply", flat=True))
        sold_out = Product.objects.published().exclude(pk__in=Product.objects.available())

        assert supplies == set(Variant.Supply.values)
        assert 0.02 * COUNT < sold_out.count() < 0.10 * COUNT
        assert 0.05 * COUNT < Product.objects.filter(status="draft").count() < 0.16 * COUNT
        assert Product.objects.filter(Q(techniques=None) | Q(composition=None)).exists() is False

    def test_published_works_answer_in_both_languages(self, client):
        for product in Product.objects.published().newest()[:10]:
            assert client.get(f"/produk/{product.slug}/").status_code == 200
            assert client.get(f"/en/products/{product.slug}/").status_code == 200
        assert client.get("/katalog/?page=9").context["page"].number == 9

    def test_a_second_load_adds_others(self):
        synthetic.load(50, seed=7)

        assert Product.objects.count() == COUNT + 50


@pytest.mark.usefixtures("words")
class TestLoading:
    def test_the_same_seed_gives_the_same_works_and_another_gives_others(self):
        def names(seed):
            StockMovement.objects.all().delete()
            Product.objects.all().delete()
            synthetic.load(30, seed)
            return list(Product.objects.order_by("pk").values_list("name", "price_min"))

        first = names(1)

        assert names(1) == first
        assert names(2) != first

    def test_makers_are_spread_over_every_district(self):
        synthetic.load(21 * synthetic.WORKS_A_MAKER, seed=1)

        assert Artisan.objects.values("district").distinct().count() == 21

    def test_pictures_are_stored_once_and_shared(self, monkeypatch, tmp_path):
        monkeypatch.setattr("lumajang_crafts.lib.pictures.make_variants", lambda *arguments: [])
        synthetic.load(200, seed=1, with_pictures=True)
        stored = [path for path in tmp_path.rglob("*") if path.is_file()]

        assert Photo.objects.count() > 200
        assert len(stored) < 70
        assert Photo.objects.first().picture_widths == [240, 480, 800, 1200]


class TestCommand:
    def test_a_real_catalogue_is_not_filled_by_mistake(self):
        with pytest.raises(CommandError, match="--yes"):
            call_command("load_synthetic", products=5)

        assert Product.objects.exists() is False

    def test_whoever_says_yes_gets_it_with_all_it_needs(self, capsys):
        call_command("load_synthetic", "--yes", products=5)

        assert capsys.readouterr().out == "5 works added\n"
        assert Product.objects.count() == 5
