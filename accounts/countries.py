"""Countries: their names, and how each writes the end of an address."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

HOME = "ID"
NO_COUNTRIES = frozenset(  # Unicode names them, ISO 3166-1 does not
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)


@dataclass(frozen=True, slots=True)
class Habit:
    """`lines` is the end of an address, "|" parts its lines; no {state} there: none is asked.

    `postcode` is what a code looks like, "" where there is none, None where we do not know.
    """

    lines: str = "{postcode} {city}|{state}"
    postcode: str | None = None
    needs_state: bool = False

    @property
    def has_state(self) -> bool:
        return "{state}" in self.lines

    def last_lines(self, city: str, state: str, postcode: str) -> list[str]:
        """The lines after the street, without those that would be empty."""
        written = self.lines.format(city=city, state=state, postcode=postcode).split("|")
        tidy = (" ".join(line.split()).strip(" ,-") for line in written)
        return [line for line in tidy if line]


CODE_FIRST = "{postcode} {city}"
CODE_LAST = "{city} {postcode}"
CODE_BELOW = "{city}|{postcode}"
WITH_STATE = "{city} {state} {postcode}"
FOUR, FIVE, SIX = r"\d{4}", r"\d{5}", r"\d{6}"

HABITS = {
    HOME: Habit(CODE_FIRST, FIVE),  # PostalAddress writes its own
    # Asia
    "AE": Habit("{city}", ""),
    "CN": Habit("{city}|{state} {postcode}", SIX),
    "HK": Habit("{city}", ""),
    "IN": Habit("{city} {postcode}|{state}", SIX, needs_state=True),
    "JP": Habit("{city}, {state} {postcode}", r"\d{3}-?\d{4}", needs_state=True),
    "KR": Habit("{city}|{state} {postcode}", FIVE),
    "MO": Habit("{city}", ""),
    "MY": Habit("{postcode} {city}|{state}", FIVE),
    "PH": Habit("{postcode} {city}|{state}", FOUR),
    "QA": Habit("{city}", ""),
    "SA": Habit(CODE_LAST, FIVE),
    "SG": Habit(CODE_LAST, SIX),
    "TH": Habit("{city}|{state} {postcode}", FIVE),
    "TL": Habit("{city}", ""),
    "TW": Habit(CODE_LAST, r"\d{3}(\d{2,3})?"),
    "VN": Habit(CODE_LAST, FIVE),
    # Australia and New Zealand
    "AU": Habit(WITH_STATE, FOUR, needs_state=True),
    "NZ": Habit(CODE_LAST, FOUR),
    # Europe
    "AT": Habit(CODE_FIRST, FOUR),
    "BE": Habit(CODE_FIRST, FOUR),
    "CH": Habit(CODE_FIRST, FOUR),
    "CZ": Habit(CODE_FIRST, r"\d{3} ?\d{2}"),
    "DE": Habit(CODE_FIRST, FIVE),
    "DK": Habit(CODE_FIRST, FOUR),
    "ES": Habit(CODE_FIRST, FIVE),
    "FI": Habit(CODE_FIRST, FIVE),
    "FR": Habit(CODE_FIRST, FIVE),
    "GB": Habit(CODE_BELOW, r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
    "GR": Habit(CODE_FIRST, r"\d{3} ?\d{2}"),
    "HU": Habit(CODE_BELOW, FOUR),
    "IE": Habit("{city}|{state}|{postcode}", r"[A-Z]\d[\dW] ?[A-Z\d]{4}"),
    "IT": Habit("{postcode} {city} {state}", FIVE),
    "LU": Habit(CODE_FIRST, FOUR),
    "NL": Habit(CODE_FIRST, r"\d{4} ?[A-Z]{2}"),
    "NO": Habit(CODE_FIRST, FOUR),
    "PL": Habit(CODE_FIRST, r"\d{2}-\d{3}"),
    "PT": Habit(CODE_FIRST, r"\d{4}-\d{3}"),
    "SE": Habit(CODE_FIRST, r"\d{3} ?\d{2}"),
    # The Americas
    "BR": Habit("{city} - {state}|{postcode}", r"\d{5}-?\d{3}", needs_state=True),
    "CA": Habit(WITH_STATE, r"[A-Z]\d[A-Z] ?\d[A-Z]\d", needs_state=True),
    "MX": Habit("{postcode} {city}, {state}", FIVE, needs_state=True),
    "US": Habit(WITH_STATE, r"\d{5}(-\d{4})?", needs_state=True),
}
ELSEWHERE = Habit()


def habit(country: str) -> Habit:
    """How the country writes addresses; where we do not know, nothing is demanded."""
    return HABITS.get(country, ELSEWHERE)


def name(country: str, language: str) -> str:
    return str(_territories(language).get(country, country))


@cache
def choices(language: str) -> Sequence[tuple[str, str]]:
    """Every country of ISO 3166-1 with its name in the language, sorted as people read."""
    names = _territories(language)
    codes = [code for code in names if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES]
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda row: _plain(row[1])))


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)


def _plain(text: str) -> str:
    """Sort Åland and Élan beside A and E."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
