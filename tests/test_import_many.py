"""A whole council's list, and the template it starts from."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db.models import Sum

from catalogue.importing import run
from catalogue.models import Product, StockMovement, Variant
from lumajang_crafts.lib.progress import Bar
from tests.factories import DistrictFactory
from tests.spreadsheets import HEADINGS, good, imported, row, stock_the_shelves, workbook


@pytest.mark.django_db
class TestMany:
    def rows(self, products: int, variants: int):
        for number in range(products):
            name = f"Keranjang {number}"
            yield good(SKU=f"KL-{number}-0", Nama_produk=name, Nama_opsi_1="Warna", Opsi_1="Merah")
            for colour in range(1, variants):
                yield row(
                    SKU=f"KL-{number}-{colour}", Opsi_1=f"Warna {colour}", Harga="99rb", Stok=2
                )

    def test_five_thousand_rows_arrive_and_come_back_unchanged(self, tmp_path):
        stock_the_shelves()
        path = workbook(tmp_path / "banyak.xlsx", list(self.rows(2_500, 2)))

        said, code = imported(path, language="en")
        again, _code = imported(path, language="en")

        assert code == 0
        assert said.startswith("Products: 2500 new,")
        assert again.startswith("Products: 0 new, 0 changed, 2500 unchanged.")
        assert (Product.objects.count(), Variant.objects.count()) == (2_500, 5_000)
        assert StockMovement.objects.aggregate(n=Sum("quantity"))["n"] == 2_500 * 7
        assert Product.objects.filter(price_min=99_000, price_max=150_000).count() == 2_500

    @pytest.mark.parametrize("products", [3, 30])
    def test_new_products_take_as_many_queries_as_one(
        self, tmp_path, products, django_assert_num_queries
    ):
        stock_the_shelves()
        path = workbook(tmp_path / "banyak.xlsx", list(self.rows(products, 2)))

        with path.open("rb") as file, django_assert_num_queries(28):  # six of them the search index
            run.run(file, path.name, run.Options())

        assert Product.objects.count() == products

    def test_an_unchanged_file_writes_no_row_and_takes_no_savepoint(
        self, tmp_path, django_assert_num_queries
    ):
        stock_the_shelves()
        path = workbook(tmp_path / "banyak.xlsx", list(self.rows(3, 2)))
        imported(path)

        with path.open("rb") as file, django_assert_num_queries(18):
            run.run(file, path.name, run.Options())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestBar:
    def test_a_terminal_sees_the_bar_grow_to_the_end(self):
        terminal = Terminal()
        bar = Bar(OutputWrapper(terminal))
        for done in range(1, 401):
            bar(done, 400)

        assert terminal.getvalue().count("\r") == 101
        assert terminal.getvalue().endswith("100%\n")

    def test_a_pipe_sees_nothing(self):
        pipe = io.StringIO()
        Bar(OutputWrapper(pipe))(1, 1)

        assert pipe.getvalue() == ""


@pytest.mark.django_db
class TestTemplate:
    @pytest.mark.parametrize(("language", "sheet"), [("id", "Produk"), ("en", "Products")])
    def test_a_filled_template_imports_and_its_example_does_not(self, tmp_path, language, sheet):
        stock_the_shelves()
        path = tmp_path / "templat.xlsx"
        imported(None, template=path, language=language)
        book = openpyxl.load_workbook(path)
        cells = book[sheet]
        columns = [cell.value.removesuffix(" *") for cell in cells[1]]
        wanted = good() if language == "id" else ENGLISH
        for column, heading in enumerate(columns, start=1):
            cells.cell(3, column, wanted.get(heading.removesuffix(" (g)"), wanted.get(heading)))
        book.save(path)

        said, code = imported(path, language=language)

        assert code == 0, said
        assert Variant.objects.get().sku == "KL-1"
        assert "2" in said.splitlines()[0]

    def test_the_choices_are_words_never_formulas(self, tmp_path):
        DistrictFactory(name="=1+1")
        path = tmp_path / "templat.xlsx"
        imported(None, template=path)

        choices = openpyxl.load_workbook(path)["Pilihan"]
        (cell,) = (cell for cells in choices.iter_rows() for cell in cells if cell.value == "=1+1")
        assert cell.data_type == "s"

    def test_without_a_file_the_command_asks_for_one(self):
        with pytest.raises(CommandError):
            call_command("import_listings")


ENGLISH = {
    "Maker": "Sanggar Melati",
    "Product name": "Keranjang bambu",
    "Category": "Baskets",
    "Description": "Dianyam rapat.",
    "Packed size": "35 x 25 x 20 cm",
    "Packed weight": 500,
    "SKU": "KL-1",
    "Price": "150rb",
}


def test_the_good_row_of_these_tests_uses_known_headings():
    assert set(good()) <= set(HEADINGS)
