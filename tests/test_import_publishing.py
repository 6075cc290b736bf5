"""What an import shows to everyone, and the makers whom it brings."""

import pytest

from artisans.models import Artisan
from catalogue.models import Product
from tests.factories import ProductFactory
from tests.spreadsheets import good, imported, row, stock_the_shelves, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maker():
    return stock_the_shelves()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "produk.xlsx"


class TestPublishing:
    def test_a_complete_work_is_published_on_demand(self, path, maker):
        work = ProductFactory(artisan=maker, status="draft", published_at=None)
        Product.objects.update(status="draft")
        sku = work.variants.get().sku

        imported(workbook(path, [row(SKU=sku, Status="tayang")]))

        work.refresh_from_db()
        assert work.status == "published"

    def test_the_flag_publishes_too_but_not_what_says_draft(self, path, maker):
        works = [ProductFactory(artisan=maker) for _ in range(2)]
        Product.objects.update(status="draft")
        first, second = (work.variants.get().sku for work in works)

        imported(workbook(path, [row(SKU=first), row(SKU=second, Status="draf")]), "--publish")

        assert [Product.objects.get(pk=work.pk).status for work in works] == ["published", "draft"]

    def test_a_partial_import_publishes_the_unchanged_works_too(self, path, maker):
        work = ProductFactory(artisan=maker)
        Product.objects.update(status="draft")

        imported(workbook(path, [row(SKU=work.variants.get().sku)]), "--partial", "--publish")

        assert Product.objects.get().status == "published"

    def test_an_incomplete_work_stays_a_draft_with_a_note(self, path):
        said, code = imported(workbook(path, [good(Status="tayang")]), language="en")

        assert (code, Product.objects.get().status) == (0, "draft")
        assert "Add at least one photo." in said

    @pytest.mark.parametrize("status", ["draft", "suspended"])
    def test_the_work_of_a_maker_who_is_not_published_stays_a_draft(self, path, maker, status):
        work = ProductFactory(artisan=maker)
        Product.objects.update(status="draft")
        Artisan.objects.update(status=status)

        said, _code = imported(
            workbook(path, [row(SKU=work.variants.get().sku, Status="tayang")]), language="en"
        )

        assert Product.objects.get().status == "draft"
        assert "maker is not published" in said

    @pytest.mark.parametrize(
        ("status", "wish", "words"),
        [("published", "draf", "Withdraw it"), ("archived", "tayang", "The desk withdrew")],
    )
    def test_what_the_desk_decided_is_left_alone(self, path, maker, status, wish, words):
        work = ProductFactory(artisan=maker)
        Product.objects.update(status=status)

        said, code = imported(
            workbook(path, [row(SKU=work.variants.get().sku, Status=wish)]), language="en"
        )

        assert (code, Product.objects.get().status) == (0, status)
        assert words in said


class TestMakers:
    MAKER = ["Sanggar Baru", "KUB", "Bu Sari", "senduro", "Kandangan", "Menganyam sejak kecil."]

    def test_a_missing_maker_arrives_as_a_draft(self, path):
        rows = [good(Perajin="Sanggar Baru", Status="tayang")]

        said, code = imported(workbook(path, rows, [self.MAKER]), language="en")

        maker = Artisan.objects.get(name="Sanggar Baru")
        assert (code, maker.status, maker.kind, maker.slug) == (0, "draft", "group", "sanggar-baru")
        assert Product.objects.get().artisan == maker
        assert "New makers: 1" in said

    def test_a_known_maker_stays_as_staff_left_them(self, path, maker):
        rows = [["sanggar melati", "koperasi", "Bu Lain", "Senduro", "Lain", "Lain."]]

        imported(workbook(path, [good()], rows))

        maker.refresh_from_db()
        assert (maker.name, maker.maker_name) == ("Sanggar Melati", "Bu Contoh")
        assert Artisan.objects.count() == 1

    def test_without_the_sheet_an_unknown_maker_is_reported_with_the_nearest(self, path):
        said, code = imported(workbook(path, [good(Perajin="Sangar Melati")]), language="en")

        assert code == 1
        assert "Did you mean “Sanggar Melati”?" in said
