"""The empty spreadsheet that staff start from, in the reader's language."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from artisans.models import District
from catalogue.importing import columns, fields, makers, measures, money, product, values
from catalogue.importing.fields import Field
from catalogue.models import Category, Material, Motif, Technique

UNITS = {measures.weight: "g", measures.packed_weight: "g"}
REQUIRED = {"sku", "price", "parcel", *product.REQUIRED}
LEFT_OUT = {*product.PARCEL, *product.SIDES, "colour", "dress_size"}  # other ways to say the same
LAST_ROW = 2_000
WIDTH = 18  # characters

EXAMPLE = {
    "maker": ("Sanggar Contoh", "Sanggar Contoh"),
    "name": ("Keranjang bambu", "Keranjang bambu"),
    "name_en": ("Bamboo basket", "Bamboo basket"),
    "category": ("Keranjang dan wadah", "Baskets and containers"),
    "description": ("Dianyam dari bambu apus.", "Dianyam dari bambu apus."),
    "techniques": ("Anyam kepang; Anyam sasag", "Anyam kepang; Anyam sasag"),
    "materials": ("Bambu apus 90%; Rotan 10%", "Bambu apus 90%; Rotan 10%"),
    "dye": ("alami", "natural"),
    "size": ("30 x 20 x 15 cm", "30 x 20 x 15 cm"),
    "net_weight_g": ("350", "350"),
    "parcel": ("35 x 25 x 20 cm", "35 x 25 x 20 cm"),
    "packed_weight_g": ("500", "500"),
    "sku": ("CONTOH-1", "EXAMPLE-1"),
    "option1": ("Merah", "Merah"),
    "option1_name": ("Warna", "Warna"),
    "price": ("Rp 150.000", "Rp 150.000"),
    "supply": ("stok", "stock"),
    "stock": ("5", "5"),
    "photos": ("keranjang-1.jpg; keranjang-2.jpg", "keranjang-1.jpg; keranjang-2.jpg"),
    "alts": ("Keranjang di meja; Anyaman dari dekat", "Keranjang di meja; Anyaman dari dekat"),
    "status": ("draf", "draft"),
}


def write(path: Path) -> None:
    """Write the workbook: products with one example, makers, the choices, a guide."""
    is_english = get_language() == "en"
    book = openpyxl.Workbook()
    products = book.active
    products.title = "Products" if is_english else "Produk"
    listed = [field for field in fields.PRODUCTS if field.key not in LEFT_OUT]
    _headings(products, listed, REQUIRED)
    for index, key in enumerate(_keys(listed), start=1):
        _put(products, 2, index, EXAMPLE.get(key, ("", ""))[is_english], italic=True)
    _headings(
        book.create_sheet("Makers" if is_english else "Perajin"),
        fields.MAKERS,
        set(makers.REQUIRED),
    )
    choices = book.create_sheet("Choices" if is_english else "Pilihan")
    _choices(choices)
    _drop_downs(products, listed, choices)
    _guide(book.create_sheet("Guide" if is_english else "Petunjuk"), listed)
    book.save(path)


def _keys(listed: Sequence[Field]) -> list[str]:
    """Name every column: a field, and its English twin beside it."""
    return [key for field in listed for key in [field.key, *([f"{field.key}_en"] * field.has_twin)]]


def _headings(sheet: Any, listed: Sequence[Field], required: set[str]) -> None:
    units = {field.key: UNITS[field.read] for field in listed if field.read in UNITS}
    for index, key in enumerate(_keys(listed), start=1):
        title = columns.standard_title(key, listed)
        unit = f" ({units[key]})" if key in units else ""
        star = " *" if key in required else ""
        _put(sheet, 1, index, f"{title}{unit}{star}", bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = WIDTH
    sheet.freeze_panes = "A2"


def _choices(sheet: Any) -> None:
    shelves = Category.objects.exclude(parent=None).select_related("parent")
    lists: dict[str, Iterable[Category | Technique | Material | Motif]] = {
        _("category"): shelves.order_by("parent__position", "position"),
        _("techniques"): Technique.objects.all(),
        _("materials"): Material.objects.all(),
        _("motifs"): Motif.objects.all(),
    }
    names = {title: [row.tr("name") for row in rows] for title, rows in lists.items()}
    names[_("district")] = [district.name for district in District.objects.all()]
    for index, (title, words) in enumerate(names.items(), start=1):
        _put(sheet, 1, index, title, bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = 2 * WIDTH
        for line, word in enumerate(words, start=2):
            _put(sheet, line, index, word)


def _drop_downs(sheet: Any, listed: Sequence[Field], choices: Any) -> None:
    reads = {field.key: field.read for field in listed}
    for index, key in enumerate(_keys(listed), start=1):
        read, formula = reads.get(key), ""
        if isinstance(read, values.OneOf):
            formula = f'"{",".join(read.names())}"'
        elif key == "category":
            last = max(2, sum(cell.value is not None for cell in choices["A"]))
            formula = f"'{choices.title}'!$A$2:$A${last}"
        if formula:
            letter = get_column_letter(index)
            rule = DataValidation(type="list", formula1=formula, showErrorMessage=False)
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)


def _guide(sheet: Any, listed: Sequence[Field]) -> None:
    rules = [
        _("One row is one variant. Cells marked * are needed for a new product."),
        _("A row without a product name adds a variant to the product above."),
        _("A SKU that is in the catalogue changes that variant; empty cells change nothing."),
        _("Rows whose SKU begins with CONTOH or EXAMPLE are skipped."),
    ]
    for line, rule in enumerate(rules, start=1):
        _put(sheet, line, 1, rule)
    start = len(rules) + 2
    for line, field in enumerate(listed, start=start):
        _put(sheet, line, 1, columns.standard_title(field.key, listed), bold=True)
        _put(sheet, line, 2, _hint(field))
    sheet.column_dimensions["A"].width = 2 * WIDTH
    sheet.column_dimensions["B"].width = 4 * WIDTH


def _hint(field: Field) -> str:
    """Say how the cells of the field are written."""
    if isinstance(field.read, values.OneOf):
        return _("Choose one: %s.") % ", ".join(field.read.names())
    hints: dict[values.Reader, str] = {
        money.price: _("Write whole rupiah: 150.000, Rp 150.000, 150rb or 1,2jt."),
        measures.size: _("Write it like 115 x 225 cm, 1,15 x 2,25 m or Ø 20 cm."),
        measures.parcel: _("Write length x width x height, for example 30 x 25 x 4 cm."),
        measures.weight: _("With its unit, 400 g or 0,4 kg; a bare number is grams here."),
        measures.packed_weight: _("With its unit, 400 g or 0,4 kg; a bare number is grams here."),
        values.count: _("Write digits only, for example 12."),
        values.listed: _("Several are parted by semicolons."),
        values.sentences: _("Several are parted by semicolons."),
        values.shares: _("With shares if you know them: Mori prima 90%; Sutra 10%"),
    }
    return hints.get(field.read, _("Words."))


def _put(sheet: Any, line: int, column: int, words: str, **font: bool) -> None:
    """Write words as words: a name that begins with "=" must not become a formula."""
    cell = sheet.cell(line, column, words)
    if words:
        cell.data_type = "s"
    cell.font = Font(**font)
    cell.alignment = Alignment(wrap_text=line == 1 and len(words) < 2 * WIDTH, vertical="top")
