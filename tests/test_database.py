"""Two roles, reference rows, and the demo that fills the shop."""

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import regions
from accounts.models import Region, User
from artisans import districts
from artisans.models import Artisan, Certificate, District
from catalogue import demo, vocabulary
from catalogue.models import Category, Photo, Product, StockMovement, Variant
from tests.factories import ArtisanFactory, ProductFactory, VariantFactory


@pytest.mark.django_db(transaction=True)
class TestServingRole:
    @pytest.fixture
    def serving(self):
        """A connection as the role that serves, to the test's database."""
        call_command("grant_roles")
        config = connection.settings_dict
        with psycopg.connect(
            host=config["HOST"] or None, dbname=config["NAME"], user=settings.DATABASE_APP_ROLE
        ) as opened:
            yield opened

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE x (y int)",
            "DROP TABLE catalogue_product",
            "ALTER TABLE catalogue_product ADD x int",
            "TRUNCATE catalogue_product",
            "UPDATE catalogue_stockmovement SET quantity = 9",
            "DELETE FROM catalogue_stockmovement",
            "UPDATE accounts_document SET body = 'x'",
            "DELETE FROM accounts_document",
            "DELETE FROM django_migrations",
        ],
    )
    def test_it_cannot_change_the_schema_the_ledger_or_what_people_agreed_to(
        self, serving, statement
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            serving.execute(statement)

    def test_it_can_serve(self, serving):
        ProductFactory()

        assert serving.execute("SELECT count(*) FROM catalogue_product").fetchone() == (1,)
        serving.execute("UPDATE catalogue_product SET lead_days = 3")


@pytest.mark.django_db
class TestRegions:
    def test_the_whole_country_is_loaded_and_twice_changes_nothing(self):
        assert regions.load() == regions.load() == Region.objects.count()

        levels = dict(Region.objects.values_list("level").annotate(n=Count("pk")))
        assert (levels["province"], levels["regency"]) == (38, 514)
        assert levels["district"] > 7_200
        candipuro = Region.objects.get(code="35.08.03")
        assert (candipuro.name, candipuro.postcode) == ("Candipuro", "67373")
        assert candipuro.parent.name == "Kabupaten Lumajang"
        assert candipuro.parent.parent.name == "Jawa Timur"

    @pytest.mark.parametrize(
        "fields",
        [
            {"code": "3508", "level": "province"},
            {"code": "35", "level": "regency"},
            {"code": "35", "level": "province", "postcode": "673"},
        ],
    )
    def test_an_impossible_region_is_refused(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            Region.objects.create(name="X", **fields)

    def test_all_districts_of_lumajang_have_both_codes_and_a_tile(self):
        assert districts.load() == districts.load() == District.objects.count() == 21
        lumajang = District.objects.get(name="Lumajang")
        assert (lumajang.code, lumajang.bps_code) == ("35.08.10", "3508060")
        assert District.objects.values("tile_row", "tile_column").distinct().count() == 21
        assert District.objects.filter(about="").exists() is False

    def test_words_that_staff_wrote_survive_a_reload(self):
        districts.load()
        District.objects.filter(name="Kunir").update(about="Tulisan redaktur.")
        districts.load()

        assert District.objects.get(name="Kunir").about == "Tulisan redaktur."


@pytest.mark.django_db
class TestEncryption:
    def test_private_contact_is_unreadable_in_the_table(self):
        artisan = ArtisanFactory(contact_phone="0334-881234")

        with connection.cursor() as cursor:
            cursor.execute("SELECT contact_phone, contact_email FROM artisans_artisan")
            phone, email = cursor.fetchone()

        assert "0334" not in phone
        assert email == ""
        assert Artisan.objects.get(pk=artisan.pk).contact_phone == "0334-881234"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.django_db
class TestDemo:
    def test_it_is_real_enough_to_want_to_buy(self, media):
        demo.load()
        works = Product.objects.published()

        assert works.count() >= 60
        assert Artisan.objects.published().count() == 12
        assert Artisan.objects.filter(is_sample=False).exists() is False
        assert works.values("artisan__district").distinct().count() >= 10
        assert set(Category.objects.crafts().values_list("slug", flat=True)) == {
            "batik",
            "anyaman",
            "kayu",
            "perak",
        }
        assert works.filter(photos=None).exists() is False
        assert Photo.objects.filter(picture_alt_en="").exists() is False
        for variety in (
            works.filter(variants__supply="one_of_a_kind"),
            works.filter(variants__supply="made_to_order"),
            works.exclude(pk__in=works.available()),
            works.exclude(option2_name=""),
            works.annotate(n=Count("motifs")).filter(n__gt=1),
            works.filter(name_en=""),
            works.with_batikmark().filter(has_batikmark=True),
            works.filter(is_exportable=False),
            Product.objects.filter(status="draft"),
            Certificate.objects.filter(valid_until__lt=timezone.localdate()),
        ):
            assert variety.exists()

    def test_twice_changes_nothing_and_stock_equals_its_ledger(self, media):
        demo.load()
        counts = [m.objects.count() for m in (Product, Variant, Photo, StockMovement, User)]
        demo.load()

        assert counts == [m.objects.count() for m in (Product, Variant, Photo, StockMovement, User)]
        for variant in Variant.objects.prefetch_related("movements"):
            assert variant.on_hand == sum(m.quantity for m in variant.movements.all())

    def test_only_the_demo_gives_its_people_a_password(self, media, settings):
        demo.load()

        assert User.objects.exists()
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_the_newest_works_pictures_come_first(self, media):
        demo.load()
        first = ProcrastinateJob.objects.order_by("-priority", "pk").first()
        newest = Product.objects.published().newest().first()

        assert first.args["model"] == "catalogue.photo"
        assert Photo.objects.get(pk=first.args["pk"]).product == newest

    def test_a_catalogue_with_works_is_left_alone(self, capsys):
        ProductFactory()
        call_command("load_demo", "--if-empty")

        assert Product.objects.count() == 1
        assert "nothing loaded" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_word_that_staff_edited_survives_a_reload():
    vocabulary.load()
    Category.objects.filter(slug="batik").update(name="Wastra")
    vocabulary.load()

    assert Category.objects.get(slug="batik").name == "Wastra"


def test_every_deferred_job_is_registered():
    assert "make_picture_variants" in app.tasks


@pytest.mark.django_db
def test_a_product_without_options_has_one_variant():
    variant = VariantFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        VariantFactory(product=variant.product)
