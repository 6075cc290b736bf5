"""Spreadsheets as a council might send them, and the command that reads them."""

import csv
import io
from pathlib import Path

import openpyxl
from django.core.management import CommandError, call_command

from artisans.models import Artisan
from tests.factories import (
    ArtisanFactory,
    CategoryFactory,
    CraftFactory,
    DistrictFactory,
    MaterialFactory,
    MotifFactory,
    TechniqueFactory,
)

HEADINGS = [
    "Perajin",
    "Nama produk",
    "Nama produk (Inggris)",
    "Kategori",
    "Deskripsi",
    "Teknik",
    "Bahan",
    "Motif",
    "Pewarna",
    "Ukuran",
    "Berat (g)",
    "Ukuran kemasan",
    "Berat kemasan",
    "Pesanan minimum",
    "Pesanan maksimum",
    "Kode HS",
    "Boleh ekspor",
    "Nama opsi 1",
    "Nama opsi 2",
    "SKU",
    "Opsi 1",
    "Opsi 2",
    "Harga",
    "Persediaan",
    "Stok",
    "Maksimum per varian",
    "Foto",
    "Keterangan foto",
    "Status",
]
GOOD = {
    "Perajin": "Sanggar Melati",
    "Nama produk": "Keranjang bambu",
    "Kategori": "Keranjang dan wadah",
    "Deskripsi": "Dianyam rapat.",
    "Teknik": "Anyam kepang",
    "Bahan": "Bambu apus 90%; Rotan 10%",
    "Ukuran": "30 x 20 x 15 cm",
    "Berat (g)": 350,
    "Ukuran kemasan": "35 x 25 x 20 cm",
    "Berat kemasan": "0,5 kg",
    "SKU": "KL-1",
    "Harga": "Rp 150.000",
    "Stok": 5,
}
MAKER_HEADINGS = ["Nama sanggar", "Jenis", "Nama perajin", "Kecamatan", "Desa", "Kalimat pembuka"]


def good(**changes) -> dict:
    """Return a row that is right, with some cells changed; None empties a cell.

    Keys are headings with "_" for a space.
    """
    row = GOOD | {key.replace("_", " "): value for key, value in changes.items()}
    return {key: value for key, value in row.items() if value is not None}


def row(**cells) -> dict:
    return {key.replace("_", " "): value for key, value in cells.items()}


def workbook(path: Path, rows: list[dict], makers: list[list] = (), headings=HEADINGS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Produk"
    sheet.append(headings)
    for cells in rows:
        sheet.append([cells.get(heading) for heading in headings])
    if makers:
        sheet = book.create_sheet("Perajin")
        sheet.append(MAKER_HEADINGS)
        for cells in makers:
            sheet.append(cells)
    book.save(path)
    return path


def csv_file(path: Path, rows: list[dict], delimiter=",", encoding="utf-8") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADINGS)
    writer.writerows([cells.get(heading) for heading in HEADINGS] for cells in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def imported(path: Path, *flags, **options) -> tuple[str, int]:
    """Run the command; return all it says, and its exit code."""
    out = io.StringIO()
    try:
        call_command("import_listings", path, *flags, stdout=out, **options)
    except CommandError as error:
        return f"{out.getvalue()}{error}", error.returncode
    return out.getvalue(), 0


def stock_the_shelves() -> Artisan:
    """Create the words that good rows name; return their maker."""
    weaving = CraftFactory(name="Anyaman", name_en="Weaving", slug="anyaman")
    CategoryFactory(name="Keranjang dan wadah", name_en="Baskets", slug="keranjang", parent=weaving)
    CategoryFactory(name="Kain batik", slug="kain-batik", is_batik=True)
    TechniqueFactory(name="Anyam kepang", name_en="Twill weave", slug="kepang")
    TechniqueFactory(name="Batik tulis", slug="batik-tulis", is_batik=True)
    MaterialFactory(name="Bambu apus", slug="bambu-apus")
    MaterialFactory(name="Rotan", name_en="Rattan", slug="rotan")
    MotifFactory(name="Gunung Semeru", slug="semeru")
    senduro = DistrictFactory(name="Senduro", slug="senduro")
    return ArtisanFactory(name="Sanggar Melati", slug="sanggar-melati", district=senduro)
