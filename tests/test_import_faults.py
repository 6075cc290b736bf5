"""One sheet with every kind of fault: each is reported at its line and column."""

import datetime
import io
import re

import pytest
from PIL import Image

from artisans.models import Artisan
from catalogue.models import Photo, Product, StockMovement, Variant
from tests.factories import ArtisanFactory, VariantFactory
from tests.spreadsheets import good, imported, stock_the_shelves, workbook


class Whole(dict):
    """A row that is not made from the good one."""


# What is wrong, as changes to a good row; the column that the report names; words it says.
FAULTS = [
    ("no product above", Whole(SKU="F-0", Harga=9000), "Nama produk", "names no product"),
    ("no SKU", {"SKU": None}, "SKU", "empty"),
    ("no maker", {"Perajin": None}, "Perajin", "empty"),
    ("unknown maker", {"Perajin": "Sangar Melati"}, "Perajin", "Did you mean “Sanggar Melati”?"),
    ("another maker", {"SKU": "ADA-1", "Nama produk": "Tampah"}, "Perajin", "Sanggar Kenanga"),
    ("no category", {"Kategori": None}, "Kategori", "empty"),
    ("unknown category", {"Kategori": "Keranjang & wadah"}, "Kategori", "Keranjang dan wadah"),
    ("a craft", {"Kategori": "Anyaman"}, "Kategori", "Choose one: Baskets."),
    ("no description", {"Deskripsi": None}, "Deskripsi", "empty"),
    ("unknown technique", {"Teknik": "Anyam kepeng"}, "Teknik", "“Anyam kepang”"),
    ("unknown material", {"Bahan": "Bambu apus; Plastik"}, "Bahan", "“Plastik”"),
    ("a share of 150%", {"Bahan": "Rotan 150%"}, "Bahan", "150%"),
    ("too many shares", {"Bahan": "Rotan 70%; Bambu apus 70%"}, "Bahan", "more than 100%"),
    ("unknown motif", {"Motif": "Gunung Bromo"}, "Motif", "“Gunung Bromo”"),
    ("unknown dye", {"Pewarna": "pelangi"}, "Pewarna", "Choose one: natural"),
    ("an unclear price", {"Harga": "1.5"}, "Harga", "“1.5” is not a clear price."),
    ("a negative price", {"Harga": -5000}, "Harga", "not a clear price"),
    ("no price", {"Harga": None}, "Harga", "empty"),
    ("a price in thousands", {"Harga": 150}, "Harga", "Rp150 is too little"),
    ("a slipped zero", {"Harga": "1.000.000.000.000"}, "Harga", "too much"),
    ("an Excel error", {"Harga": "#REF!"}, "Harga", "#REF!"),
    ("an unknown formula", {"Stok": "=A1*2"}, "Stok", "formula without a stored result"),
    ("a date for a SKU", {"SKU": datetime.date(2026, 3, 4)}, "SKU", "into a date"),
    ("a size in words", {"Ukuran": "besar"}, "Ukuran", "“besar” is not a clear size."),
    ("a flat parcel", {"Ukuran kemasan": "30 x 25 cm"}, "Ukuran kemasan", "three sides"),
    ("no parcel", {"Ukuran kemasan": None}, "Ukuran kemasan", "empty"),
    ("a weight without unit", {"Berat kemasan": 2}, "Berat kemasan", "Write the unit"),
    ("an unclear weight", {"Berat (g)": "1.500 g"}, "Berat (g)", "not a clear weight"),
    ("stock in words", {"Stok": "banyak"}, "Stok", "not a whole number"),
    (
        "stock of an order",
        {"Persediaan": "pesanan", "Maksimum per varian": 2},
        "Stok",
        "holds no stock",
    ),
    (
        "an order without bound",
        {"Persediaan": "pesanan", "Stok": None},
        "Maksimum per varian",
        "most per order",
    ),
    ("two of one", {"Persediaan": "satu-satunya", "Stok": 2}, "Stok", "has one piece"),
    ("unknown supply", {"Persediaan": "gudang"}, "Persediaan", "Choose one: stock"),
    ("unknown status", {"Status": "tayangg"}, "Status", "Did you mean “tayang”?"),
    ("a long name", {"Nama produk": "x" * 121}, "Nama produk", "at most 120"),
    ("a wrong HS code", {"Kode HS": "46-02"}, "Kode HS", "like 5208.51"),
    ("half exportable", {"Boleh ekspor": "mungkin"}, "Boleh ekspor", "Choose one: yes, no."),
    (
        "most below least",
        {"Pesanan minimum": 5, "Pesanan maksimum": 2},
        "Pesanan maksimum",
        "not be below",
    ),
    ("no least", {"Pesanan minimum": 0}, "Pesanan minimum", "greater than or equal to 1"),
    ("a nameless option", {"Opsi 1": "Merah"}, "Nama opsi 1", "“Merah” is a choice of what?"),
    ("a long SKU", {"SKU": "K" * 41}, "SKU", "at most 40"),
    ("batik that is none", {"Nama produk": "Kain batik cetak"}, "Nama produk", "bermotif batik"),
    ("a batik shelf", {"Kategori": "Kain batik"}, "Kategori", "for true batik"),
    ("no such photo", {"Foto": "satuu.jpg"}, "Foto", "Did you mean “satu.jpg”?"),
    ("a photo outside", {"Foto": "../rahasia.jpg"}, "Foto", "no file “../rahasia.jpg”"),
    ("no photo at all", {"Foto": "surat.jpg"}, "Foto", "not a JPEG"),
    (
        "missing words",
        {"Foto": "satu.jpg", "Keterangan foto": "a; b"},
        "Keterangan foto",
        "descriptions: 2",
    ),
    ("promised pieces", Whole(SKU="ADA-2", Stok=1), "Stok", "promised to buyers"),
    ("a refused maker", {"Perajin": "Sanggar Rusak"}, "Perajin", "could not be created"),
    ("the same SKU", {"SKU": "F-2"}, "SKU", "Line 4 has the same SKU."),
    ("first of two", {"Nama produk": "Besek", "SKU": "F-A"}, None, None),
    ("the same options", Whole(SKU="F-B", Harga=9000), "Opsi 1", "F-A has the same options"),
    (
        "a contradiction",
        {
            "Nama produk": "Besek",
            "SKU": "F-C",
            "Deskripsi": "Lain.",
            "Opsi 1": "x",
            "Nama opsi 1": "y",
        },
        "Deskripsi",
        "says something else",
    ),
]
MAKERS = [
    ["Sanggar Rusak", "KUB", "Bu Sari", "Bandung", "Desa", "Kalimat."],
    ["Sanggar Kosong", "yayasan", None, "Senduro", "Desa", "Kalimat."],
]
MAKER_FAULTS = [
    (2, "Kecamatan", "no kecamatan “Bandung”"),
    (3, "Jenis", "Choose one: individual"),
    (3, "Nama perajin", "empty"),
]


def cells(number: int, changes: dict) -> dict:
    """A row of a product of its own, unless the fault brings a whole row."""
    if isinstance(changes, Whole):
        return changes
    own = {"SKU": f"F-{number}", "Nama produk": f"Wadah {number}"}
    return {key: value for key, value in {**good(), **own, **changes}.items() if value is not None}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "foto"
    folder.mkdir()
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "JPEG")
    (folder / "satu.jpg").write_bytes(file.getvalue())
    (tmp_path / "rahasia.jpg").write_bytes(file.getvalue())
    (folder / "surat.jpg").write_text("bukan foto")
    return folder


@pytest.mark.django_db
def test_every_kind_of_fault_is_reported_by_line_and_nothing_is_written(tmp_path, folder, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    maker = stock_the_shelves()
    kenanga = ArtisanFactory(name="Sanggar Kenanga")
    VariantFactory(sku="ADA-1", product__artisan=kenanga, product__name="Tampah kenanga")
    VariantFactory(sku="ADA-2", on_hand=3, reserved=2, product__artisan=maker)
    rows = [cells(number, changes) for number, (_name, changes, *_) in enumerate(FAULTS)]
    path = workbook(tmp_path / "salah.xlsx", rows, MAKERS)

    said, code = imported(path, "--dry-run", photos=folder, language="en")

    expected = [
        (f"Produk, line {line}", column, words)
        for line, (_name, _changes, column, words) in enumerate(FAULTS, start=2)
        if column
    ]
    expected += [(f"Perajin, line {line}", *rest) for line, *rest in MAKER_FAULTS]
    errors = [line for line in said.splitlines() if line.startswith("Error ")]
    unreported = [
        fault for fault in expected if not any(_is_said(fault, error) for error in errors)
    ]
    assert unreported == []
    assert len(errors) == len(expected)
    assert len({name for name, *_ in FAULTS}) > 50
    assert code == 1
    assert (Product.objects.count(), Variant.objects.count()) == (2, 2)
    assert (Artisan.objects.count(), Photo.objects.count(), StockMovement.objects.count()) == (
        2,
        0,
        0,
    )
    assert not (tmp_path / "media").exists()


def _is_said(fault: tuple[str, str, str], error: str) -> bool:
    place, column, words = fault
    return bool(re.match(rf"Error +{place} +{re.escape(column)}  ", error)) and words in error
