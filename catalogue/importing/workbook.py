"""Reading .xlsx: cached values of formulas, merged cells, hidden sheets.

A stranger's workbook is hostile until measured: parts are counted before they
are unpacked, and defusedxml refuses entities.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

from catalogue.importing.sheet import (
    MOST_COLUMNS,
    MOST_ROWS,
    Broken,
    Merge,
    Row,
    Sheet,
    Unreadable,
    limited,
)

MOST_XML = 60 * 1024 * 1024  # bytes of all parts, unpacked; pictures are never unpacked
MOST_PARTS = 5_000
LAST_LINE = 1_048_576  # Excel's own
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

Place = tuple[int, int]  # line, column from 0


def read(content: bytes) -> list[Sheet]:
    """Return the visible sheets; raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and charts, which are not read
            _measure(content)
            return _sheets(content)
    except Unreadable:
        raise
    except Exception as error:  # the parsers fail with many types; each means "damaged"
        raise Unreadable(
            _("The workbook is damaged. Open it in Excel or LibreOffice and save it as .xlsx.")
        ) from error


def _measure(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise Unreadable(_("This file is no .xlsx workbook. Save it as .xlsx and try again."))
        unpacked = sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels")))
        if len(parts) > MOST_PARTS or unpacked > MOST_XML:
            raise Unreadable(_("The workbook is too large. Split it into several files."))


def _sheets(content: bytes) -> list[Sheet]:
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = []
        for sheet in values.worksheets:
            if sheet.sheet_state != "visible":
                continue
            xml = archive.read(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001  merges stand only there
            has_formulas = FORMULA.search(xml) is not None
            calculated = _formula_places(formulas[sheet.title]) if has_formulas else set()
            merges = [_merge(ref.decode()) for ref in MERGE.findall(xml)]
            rows = limited(_rows(sheet, calculated))
            sheets.append(Sheet(sheet.title, _spread(rows, merges), merges))
    return sheets


def _lines(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > LAST_LINE:
            raise Unreadable(_("The workbook is too large. Split it into several files."))
        if cells:
            yield line, cells[:MOST_COLUMNS]


def _rows(sheet: Any, calculated: set[Place]) -> Iterator[Row]:
    for line, cells in _lines(sheet):
        yield Row(
            line,
            tuple(_value(cell, (line, column) in calculated) for column, cell in enumerate(cells)),
        )


def _value(cell: Any, is_calculated: bool) -> object:
    value = cell.value
    if isinstance(value, str):
        value = value.strip()
    if cell.data_type == "e":
        return Broken(_("The cell holds the error %s.") % value)
    if value is None and is_calculated:
        return Broken(_("The cell holds a formula without a stored result."))
    return value


def _formula_places(sheet: Any) -> set[Place]:
    return {
        (line, column)
        for line, cells in _lines(sheet)
        for column, cell in enumerate(cells)
        if cell.data_type == "f"
    }


def _merge(name: str) -> Merge:
    left, top, right, bottom = range_boundaries(name)
    return Merge(name, top, bottom, left - 1, right - 1)


def _spread(rows: list[Row], merges: list[Merge]) -> list[Row]:
    """Give cells merged downwards the value of the topmost one."""
    last = rows[-1].line if rows else 0
    by_line = {row.line: row for row in rows}
    if sum(min(merge.bottom, last) - merge.top + 1 for merge in merges) > MOST_ROWS:
        raise Unreadable(_("The workbook has too many merged cells. Unmerge them."))
    for merge in merges:
        top = by_line.get(merge.top)
        if top is None or merge.left >= len(top.cells) or merge.left != merge.right:
            continue
        value = top.cells[merge.left]
        for line in range(merge.top + 1, min(merge.bottom, last) + 1):
            row = by_line.get(line)
            if row is not None:
                by_line[line] = _filled(row, merge.left, value)
    return [by_line[row.line] for row in rows]


def _filled(row: Row, column: int, value: object) -> Row:
    cells = [*row.cells, *[None] * (column + 1 - len(row.cells))]
    cells[column] = value
    return Row(row.line, tuple(cells), row.merged | {column})
