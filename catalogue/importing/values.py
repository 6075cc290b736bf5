"""Cells to values: words, whole numbers, choices, lists.

A reader takes a cell and the unit its heading names, and raises Unclear rather
than guess.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.importing.report import Unclear
from catalogue.importing.spelling import nearest, plain

Reader = Callable[[object, str], Any]

COUNT = re.compile(
    r"(?P<number>\d+|\d{1,3}(?:\.\d{3})+)(?: ?(?:pcs|pc|buah|bh|lembar|lbr|helai|potong|pasang|"
    r"set|unit|hari|days?|orang|pieces?))?"
)
PART = re.compile(r"(?P<name>.*?)[ (:]*(?:(?P<share>\d{1,3}) ?%)?\)?")


def text(cell: object, _unit: str = "") -> str:
    """Return one line of words; a number becomes its digits, without a ".0"."""
    return " ".join(prose(cell).split())


def prose(cell: object, _unit: str = "") -> str:
    """Return words that may stand on several lines."""
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta | bool):
        raise Unclear(
            _("The spreadsheet turned this cell into a date, a time or a yes/no."),
            _("Format the column as text and write the cell again."),
        )
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = str(cell).replace("\r\n", "\n").replace("\xa0", " ")
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in words):  # noqa: PLR2004  control characters
        raise Unclear(
            _("The cell holds invisible control characters."), _("Write the cell again by hand.")
        )
    return words.strip()


def count(cell: object, _unit: str = "") -> int:
    """Return how many: whole, not negative, "12", "12 pcs" or "1.200"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = COUNT.fullmatch(text(cell).casefold())
    if found is None:
        raise Unclear(
            _("“%s” is not a whole number.") % cell, _("Write digits only, for example 12.")
        )
    return int(found["number"].replace(".", ""))


def listed(cell: object, _unit: str = "") -> list[str]:
    """Return the names between semicolons, commas or line ends."""
    marks = ";" if ";" in prose(cell) else r",|\n"
    return [name for part in re.split(marks, prose(cell)) if (name := " ".join(part.split()))]


def sentences(cell: object, _unit: str = "") -> list[str]:
    """Return texts that may contain commas: only semicolons and line ends part them."""
    return [" ".join(part.split()) for part in re.split(r"[;\n]", prose(cell))]


def shares(cell: object, _unit: str = "") -> list[tuple[str, int | None]]:
    """Return (material, percent) pairs of "Mori prima 90%; Sutra 10%"."""
    pairs = []
    for part in listed(cell):
        found = PART.fullmatch(part)
        assert found is not None  # noqa: S101  every part of the pattern may be empty
        share = int(found["share"]) if found["share"] else None
        if share is not None and not 1 <= share <= 100:  # noqa: PLR2004  percent
            raise Unclear(_("A share of %d%% is impossible.") % share, _("Write 1% to 100%."))
        pairs.append((found["name"].strip(), share))
    if sum(share or 0 for _name, share in pairs) > 100:  # noqa: PLR2004  percent
        raise Unclear(
            _("The shares add up to more than 100%."), _("Correct the shares of the materials.")
        )
    return pairs


class OneOf:
    """Reads a fixed choice.

    Each value has its accepted spellings: the Indonesian word, the English one, then others.
    """

    def __init__(self, choices: Mapping[Any, str]) -> None:
        self._spellings = [words.split(", ") for words in choices.values()]
        self._known = {
            plain(word): value
            for value, words in zip(choices, self._spellings, strict=True)
            for word in words
        }

    def __call__(self, cell: object, _unit: str = "") -> Any:
        word = {True: "ya", False: "tidak"}[cell] if isinstance(cell, bool) else text(cell)
        if plain(word) in self._known:
            return self._known[plain(word)]
        near = nearest(word, self._known)
        raise Unclear(
            _("“%s” is not one of the choices.") % word,
            _("Did you mean “%s”?") % near
            if near
            else _("Choose one: %s.") % ", ".join(self.names()),
        )

    def names(self) -> list[str]:
        """Return the words of the reader's language, one a choice."""
        return [words[get_language() == "en"] for words in self._spellings]
