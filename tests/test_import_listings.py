"""A council's spreadsheet becomes works, variants and stock; a second run changes nothing."""

import pytest
from django.db.models import Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from artisans.models import Artisan
from catalogue.models import Photo, Product, StockMovement, Variant
from tests.factories import ArtisanFactory
from tests.spreadsheets import csv_file, good, imported, row, stock_the_shelves, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maker():
    return stock_the_shelves()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "produk.xlsx"


def state() -> list[list[dict]]:
    models = (Product, Variant, StockMovement, Photo, Artisan, ProcrastinateJob)
    links = (Product.techniques.through, Product.motifs.through, Product.materials.through)
    return [list(model.objects.order_by("pk").values()) for model in (*models, *links)]


COLOURS = [
    good(SKU="KL-1", Nama_opsi_1="Warna", Nama_opsi_2="Ukuran", Opsi_1="Merah", Opsi_2="S"),
    row(SKU="KL-2", Opsi_1="Merah", Opsi_2="M", Harga="160rb", Stok=2),
    row(SKU="KL-3", Opsi_1="Pirus", Opsi_2="S", Harga=155000, Stok="0"),
]


class TestCreating:
    def test_a_row_becomes_a_draft_with_everything_it_says(self, path, maker):
        _said, code = imported(workbook(path, [good(Motif="Gunung Semeru", Pewarna="alami")]))

        work = Product.objects.get()
        assert code == 0
        assert (work.name, work.slug, work.artisan) == (
            "Keranjang bambu",
            "keranjang-bambu",
            maker,
        )
        assert (work.category.slug, work.status, work.dye) == ("keranjang", "draft", "natural")
        assert (work.length_cm, work.width_cm, work.height_cm) == (30, 20, 15)
        assert (work.net_weight_g, work.packed_weight_g, work.packed_length_cm) == (350, 500, 35)
        assert [technique.slug for technique in work.techniques.all()] == ["kepang"]
        assert [motif.slug for motif in work.motifs.all()] == ["semeru"]
        assert [(part.material.slug, part.share) for part in work.composition.all()] == [
            ("bambu-apus", 90),
            ("rotan", 10),
        ]
        assert (work.price_min, work.price_max) == (150_000, 150_000)

    def test_the_first_pieces_are_received_in_the_ledger(self, path):
        imported(workbook(path, [good()]))

        movement = StockMovement.objects.get()
        assert (movement.reason, movement.quantity, movement.note) == ("received", 5, path.name)
        assert Variant.objects.get().on_hand == 5

    def test_rows_below_continue_the_product_with_variants(self, path):
        imported(workbook(path, COLOURS))

        work = Product.objects.get()
        assert (work.option1_name, work.option2_name) == ("Warna", "Ukuran")
        assert list(work.variants.values_list("sku", "option1", "option2", "price", "on_hand")) == [
            ("KL-1", "Merah", "S", 150_000, 5),
            ("KL-2", "Merah", "M", 160_000, 2),
            ("KL-3", "Pirus", "S", 155_000, 0),
        ]
        assert (work.price_min, work.price_max) == (150_000, 160_000)

    def test_rows_of_the_same_maker_and_name_are_one_product(self, path):
        rows = [
            good(SKU="KL-1", Opsi_1="Merah", Nama_opsi_1="Warna"),
            good(SKU="KL-9", Nama_produk="Tampah"),
            good(SKU="KL-2", Opsi_1="Hijau", Nama_produk="KERANJANG BAMBU"),
        ]
        imported(workbook(path, rows))

        assert [work.variants.count() for work in Product.objects.order_by("pk")] == [2, 1]

    def test_a_column_headed_colour_names_the_option(self, path):
        headings = [*good(), "Warna"]
        imported(workbook(path, [good() | {"Warna": "Merah"}], headings=headings))

        work = Product.objects.get()
        assert (work.option1_name, work.option1_name_en) == ("Warna", "Colour")
        assert work.variants.get().option1 == "Merah"

    def test_two_products_of_one_name_get_addresses_of_their_own(self, path):
        ArtisanFactory(name="Sanggar Kenanga")
        rows = [good(), good(SKU="KL-2", Perajin="sanggar kenanga")]
        imported(workbook(path, rows))

        assert set(Product.objects.values_list("slug", flat=True)) == {
            "keranjang-bambu",
            "keranjang-bambu-2",
        }

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
    def test_a_semicolon_csv_in_an_old_encoding_is_the_same_list(self, tmp_path, encoding):
        file = csv_file(tmp_path / "produk.csv", COLOURS, ";", encoding)

        assert imported(file)[1] == 0
        assert Variant.objects.count() == 3

    def test_the_words_may_be_english(self, path):
        imported(workbook(path, [good(Kategori="Weaving > Baskets", Teknik="twill-weave")]))

        assert Product.objects.get().techniques.get().slug == "kepang"


class TestAgain:
    def test_running_it_twice_changes_nothing(self, path):
        workbook(path, COLOURS)
        imported(path)
        before = state()

        said, code = imported(path, language="en")

        assert (state(), code) == (before, 0)
        assert said.startswith("Products: 0 new, 0 changed, 1 unchanged.")

    def test_a_known_sku_is_updated_and_empty_cells_leave_what_is_there(self, path):
        imported(workbook(path, COLOURS))
        imported(workbook(path, [row(SKU="kl-2", Harga="175rb", Pesanan_minimum=2)]))

        work = Product.objects.get()
        assert work.variants.get(sku="KL-2").price == 175_000
        assert (work.price_max, work.min_order, work.name) == (175_000, 2, "Keranjang bambu")
        assert work.techniques.count() == 1

    def test_a_new_name_is_taken_and_a_new_sku_joins_the_same_product(self, path):
        imported(workbook(path, COLOURS))
        rows = [
            good(SKU="KL-1", Nama_produk="Keranjang pasar", Opsi_1="Merah", Opsi_2="S"),
            good(SKU="KL-7", Nama_produk="Keranjang pasar", Opsi_1="Biru", Opsi_2="S"),
        ]
        _said, code = imported(workbook(path, rows))

        work = Product.objects.get()
        assert (code, work.name, work.slug) == (0, "Keranjang pasar", "keranjang-bambu")
        assert work.variants.get(sku="KL-7").position == 3

    def test_materials_are_replaced_when_the_file_names_others(self, path):
        imported(workbook(path, [good()]))
        imported(workbook(path, [row(SKU="KL-1", Bahan="Rotan")]))

        assert [part.material.slug for part in Product.objects.get().composition.all()] == ["rotan"]

    def test_another_number_of_pieces_is_a_new_count_and_is_told(self, path):
        imported(workbook(path, [good()]))

        said, _code = imported(workbook(path, [row(SKU="KL-1", Stok=3)]), language="en")

        last = StockMovement.objects.first()
        assert (last.reason, last.quantity) == ("corrected", -2)
        assert "from 5 to 3" in said
        assert StockMovement.objects.aggregate(n=Sum("quantity"))["n"] == 3

    def test_a_supply_with_a_stock_history_stays_what_it_is(self, path):
        imported(workbook(path, [good()]))

        said, code = imported(workbook(path, [row(SKU="KL-1", Persediaan="satu-satunya")]))

        assert (code, Variant.objects.get().supply) == (1, "stock")
        assert "Persediaan" in said


class TestAllOrNothing:
    ROWS = [good(SKU="KL-1"), good(SKU="KL-2", Nama_produk="Tampah", Harga="murah")]

    def test_one_error_keeps_the_whole_file_out(self, path):
        before = state()

        said, code = imported(workbook(path, self.ROWS))

        assert (code, state()) == (1, before)
        assert said.endswith("1 kesalahan. Tidak ada yang ditulis.")

    def test_partial_keeps_the_products_that_are_right(self, path):
        _said, code = imported(workbook(path, self.ROWS), "--partial")

        assert (code, [work.name for work in Product.objects.all()]) == (2, ["Keranjang bambu"])

    def test_a_dry_run_writes_nothing_and_tells_what_it_would_do(self, path):
        before = state()

        said, code = imported(workbook(path, [good()]), "--dry-run", language="en")

        assert (code, state()) == (0, before)
        assert "1 new" in said
        assert "Nothing was written." in said

    def test_what_only_the_database_refuses_names_the_product(self, path, monkeypatch):
        monkeypatch.setattr("catalogue.importing.slugs.Slugs.free", lambda *_: "sama")
        rows = [good(), good(SKU="KL-2", Nama_produk="Tampah")]

        said, code = imported(workbook(path, rows), "--partial", language="en")

        assert (code, Product.objects.count()) == (2, 1)
        assert "line 3" in said

    def test_headings_without_rows_are_no_error(self, path):
        assert imported(workbook(path, []))[1] == 0

    def test_a_missing_file_or_folder_is_one_sentence(self, tmp_path, path):
        assert imported(tmp_path / "tidak-ada.xlsx")[1] == 1
        assert imported(workbook(path, [good()]), photos=tmp_path / "tidak-ada")[1] == 1
