"""Finding the heading row, and what each of its columns means."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.importing.fields import Field
from catalogue.importing.report import Problem
from catalogue.importing.sheet import Merge, Row, Sheet
from catalogue.importing.spelling import nearest, plain
from catalogue.importing.values import Reader

SEARCHED = 15  # rows; a title and a date may stand above the headings
LEAST = 2  # headings that must be known
UNITS = {"cm": "cm", "mm": "mm", "m": "m", "g": "g", "gr": "g", "gram": "g", "kg": "kg"}
MONEY = {"rp", "idr", "rupiah"}
ENGLISH = {"en", "eng", "english", "inggris"}
FILLERS = {
    "wajib",
    "required",
    "opsional",
    "optional",
    "hari",
    "days",
    "pcs",
    "bahasa",
    "indonesia",
}
NUMBERING = {"no", "nomor", "no urut", "nr", ""}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file names it; `unit` is the one its heading gives, else empty."""

    index: int
    title: str
    key: str
    unit: str
    read: Reader
    is_many: bool


@dataclass(slots=True)
class Heading:
    line: int
    columns: list[Column] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def title(self, key: str) -> str:
        """Return the file's own name of the column, or nothing."""
        return next((column.title for column in self.columns if column.key == key), "")


def find(sheet: Sheet, fields: Sequence[Field], needed: str) -> Heading | None:
    """Return the row that holds most known headings, or None when none does.

    A heading without the needed column has that among its problems.
    """
    spellings = _spellings(fields)
    best, most = None, LEAST - 1
    for row in sheet.rows[:SEARCHED]:
        known = {found[0] for cell in row.cells if (found := _meaning(cell, spellings))}
        if len(known) > most:
            best, most = row, len(known)
    if best is None:
        return None
    heading = _heading(sheet, best, spellings)
    if not heading.title(needed):
        what = _("This column is missing.")
        todo = _("Add a column with this heading and fill it in every row.")
        title = standard_title(needed, fields)
        heading.problems.append(Problem(sheet.name, best.line, title, what, todo))
    return heading


def standard_title(key: str, fields: Sequence[Field]) -> str:
    """Return the heading that the template writes, in the reader's language."""
    is_english = get_language() == "en"
    bare = key.removesuffix("_en")
    match = next(candidate for candidate in fields if candidate.key in {key, bare})
    title = match.headings[is_english]
    if match.key == key:
        return title
    return f"{title} ({'English' if is_english else 'Inggris'})"


def _heading(sheet: Sheet, row: Row, spellings: dict[str, Field]) -> Heading:
    heading = Heading(row.line)
    merges = {merge.left: merge for merge in sheet.merges if _is_wide(merge, row.line)}
    for index, cell in enumerate(row.cells):
        title = " ".join(str(cell or "").split()).removesuffix("*").rstrip()
        found = _meaning(cell, spellings)
        problem = _merged(merges.get(index)) or _strange(title, found, heading, spellings)
        if problem:
            what, todo, is_error = problem
            heading.problems.append(Problem(sheet.name, row.line, title, what, todo, is_error))
        elif found:
            key, unit, meant = found
            heading.columns.append(Column(index, title, key, unit, meant.read, meant.is_many))
    return heading


def _is_wide(merge: Merge, line: int) -> bool:
    return merge.top <= line <= merge.bottom and merge.left != merge.right


def _merged(merge: Merge | None) -> tuple[str, str, bool] | None:
    if merge is None:
        return None
    return (
        _("The heading is merged over %s.") % merge.name,
        _("Unmerge it and give every column a heading of its own."),
        True,
    )


def _strange(
    title: str, found: tuple[str, str, Field] | None, heading: Heading, spellings: dict[str, Field]
) -> tuple[str, str, bool] | None:
    if found is None:
        if plain(title) in NUMBERING:
            return None
        near = nearest(title, spellings)
        todo = _("Did you mean “%s”?") % near if near else ""
        return _("This column is not known; it was not read."), todo, False
    if heading.title(found[0]) and not found[2].is_many:
        twin = heading.title(found[0])
        return _("This column means the same as “%s”.") % twin, _("Keep one of them."), True
    return None


def _spellings(fields: Sequence[Field]) -> dict[str, Field]:
    return {plain(heading): entry for entry in fields for heading in entry.headings}


def _meaning(cell: object, spellings: dict[str, Field]) -> tuple[str, str, Field] | None:
    """Return key, unit and field of a heading such as "Nama Produk (EN)" or "Berat (kg) *".

    What follows the name is taken off word by word, as long as each word is known.
    """
    words, unit, is_english = plain(str(cell or "")).split(), "", False
    while words:
        meant = spellings.get(" ".join(words))
        if meant is not None and (meant.has_twin or not is_english):
            return f"{meant.key}_en" if is_english else meant.key, unit, meant
        last = words.pop()
        if last in UNITS:
            unit = UNITS[last]
        elif last in ENGLISH:
            is_english = True
        elif not (last in MONEY | FILLERS or last.isdecimal()):
            return None
    return None
