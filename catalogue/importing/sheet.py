"""A sheet as rows of cells: what stands where, and nothing about what it means."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_ROWS = 20_000
MOST_COLUMNS = 100


class Unreadable(Exception):
    """The file as a whole cannot be read; says so in the reader's language."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: a formula never calculated, or an Excel error."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is not blank; `merged` are the columns filled from a cell above."""

    line: int
    cells: tuple[object, ...]
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range such as B1:D1, columns counted from 0, lines as in the file."""

    name: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)


def limited(rows: Iterator[Row]) -> list[Row]:
    """Keep the rows that are not blank; raises Unreadable when they are too many."""
    kept = []
    for row in rows:
        if all(cell is None or cell == "" for cell in row.cells):
            continue
        kept.append(row)
        if len(kept) > MOST_ROWS:
            raise Unreadable(_("The file has more than 20,000 rows. Split it into several files."))
    return kept
