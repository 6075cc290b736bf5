"""Rows to entries: what each line says, field by field, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.importing import columns
from catalogue.importing.columns import Column, Heading
from catalogue.importing.fields import Field
from catalogue.importing.report import Problem, Report, Unclear
from catalogue.importing.sheet import Broken, Row, Sheet

EXAMPLES = ("CONTOH", "EXAMPLE")  # how the SKU of the template's example begins

# A column headed Colour is the first option, and its heading the option's name.
NAMED_OPTIONS = {
    "colour": ("option1", "Warna", "Colour"),
    "dress_size": ("option2", "Ukuran", "Size"),
}


@dataclass(slots=True)
class Entry:
    """One line understood: values of the cells that hold something.

    An empty cell is absent from `values`; a cell that could not be read is in
    `broken`, so that nobody complains that it is empty.
    """

    sheet: str
    line: int
    heading: Heading
    fields: Sequence[Field]
    report: Report
    values: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def title(self, key: str) -> str:
        """Return the column's heading: the file's, else the one it should have."""
        named = [source for source, (option, *_) in NAMED_OPTIONS.items() if option in key]
        titles = (self.heading.title(source) for source in [key, *named])
        return next(filter(None, titles), "") or columns.standard_title(key, self.fields)

    def refuse(self, key: str, what: str, todo: str = "") -> None:
        """Report an error at the column of that field, once, and at the row without one."""
        self.broken.add(key)
        column = self.title(key) if key else ""
        self.report.add(Problem(self.sheet, self.line, column, what, todo))

    def note(self, key: str, what: str, todo: str = "") -> None:
        column = self.title(key) if key else ""
        self.report.add(Problem(self.sheet, self.line, column, what, todo, is_error=False))

    def demand(self, keys: Sequence[str]) -> None:
        """Report every field that is empty and must not be."""
        for key in keys:
            if key not in self.values and key not in self.broken:
                self.refuse(key, _("This is empty."), _("Fill in this cell."))


def understand(
    sheet: Sheet, heading: Heading, fields: Sequence[Field], report: Report
) -> list[Entry]:
    """Return the entries below the heading row; none when the headings have errors."""
    for problem in heading.problems:
        report.add(problem)
    if any(problem.is_error for problem in heading.problems):
        return []
    entries = []
    for row in sheet.rows:
        if row.line > heading.line:
            entry = Entry(sheet.name, row.line, heading, fields, report)
            _read_into(entry, row)
            if entry.values or entry.broken:
                entries.append(entry)
    return list(_without_examples(entries))


def _read_into(entry: Entry, row: Row) -> None:
    for column in entry.heading.columns:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        if cell is None or cell == "":
            continue
        try:
            value = _value(cell, column, is_merged=column.index in row.merged)
        except Unclear as unclear:
            entry.broken.add(column.key)
            entry.report.add(
                Problem(entry.sheet, entry.line, column.title, unclear.what, unclear.todo)
            )
            continue
        if column.is_many:
            entry.values.setdefault(column.key, []).extend(value)
        elif value != "":
            entry.values[column.key] = value
    _name_options(entry)


def _value(cell: object, column: Column, *, is_merged: bool) -> Any:
    if isinstance(cell, Broken):
        raise Unclear(cell.text, _("Write the value itself into the cell."))
    if is_merged and column.key == "stock":
        raise Unclear(
            _("The number of pieces is merged over several rows."),
            _("Unmerge the cells and write the pieces of each row."),
        )
    return column.read(cell, column.unit)


def _name_options(entry: Entry) -> None:
    for source, (option, name, name_en) in NAMED_OPTIONS.items():
        for ending in ("", "_en"):
            if source + ending in entry.values:
                entry.values.setdefault(option + ending, entry.values.pop(source + ending))
        if option in entry.values and entry.heading.title(source):
            entry.values.setdefault(f"{option}_name", name)
            entry.values.setdefault(f"{option}_name_en", name_en)


def _without_examples(entries: list[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if str(entry.values.get("sku", "")).upper().startswith(EXAMPLES):
            entry.note("sku", _("The example row was skipped."))
        else:
            yield entry
