"""What a reader asks for: words, and a price or a place where the wording leaves no doubt."""

import re
from dataclasses import dataclass

from catalogue.search import words
from catalogue.search.thesaurus import Term, Thesaurus

MAX_LENGTH = 120
MAX_TERMS = 8
MAX_RUPIAH = 10**12

AMOUNT = r"(?:rp\.?\s*)?(\d[\d.]*(?:,\d+)?)\s*(ribu|rb|k|juta|jt)?\b"
BELOW = r"(?:(?:harga|price)\s+)?(?:di\s*bawah|dibawah|kurang dari|maksimal|maks|max|under|below|less than|up to|cheaper than|<)"
ABOVE = r"(?:(?:harga|price)\s+)?(?:di\s*atas|diatas|lebih dari|minimal|min|over|above|more than|>)"
PRICE_BETWEEN = re.compile(
    rf"(?:(?:antara|between)\s+)?{AMOUNT}\s*(?:-|–|sampai|s/d|dan|and|to)\s*{AMOUNT}"
)
PRICE_BELOW = re.compile(rf"(?:^|\s){BELOW}\s*{AMOUNT}")
PRICE_ABOVE = re.compile(rf"(?:^|\s){ABOVE}\s*{AMOUNT}")
CHEAP = re.compile(r"\b(?:ter)?murah\b|\bcheap(?:est)?\b|\bhemat\b|\baffordable\b")
NEW = re.compile(r"\bterbaru\b|\bnewest\b")
PLACE = re.compile(r"\b(?:di|dari|asal|kecamatan|kec\.?|in|from|near)\s+([a-z]+)(?:\s+district)?\b")
UNITS = {"ribu": 1_000, "rb": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000}
SURE_WITHOUT_UNIT = 10_000  # "925" is silver and "225" a length; a bare 150000 is money


@dataclass(frozen=True, slots=True)
class Question:
    """Prices are whole rupiah; `district` is a slug; `sort` a catalogue sort or empty."""

    terms: tuple[Term, ...]
    price_min: int | None = None
    price_max: int | None = None
    district: str = ""
    sort: str = ""

    def as_tsquery(self, joined_by: str = " & ") -> str:
        return joined_by.join(term.as_tsquery() for term in self.terms)


def understand(text: str, thesaurus: Thesaurus, districts: dict[str, str]) -> Question:
    """Read a query; `districts` maps folded names to slugs.

    Words that are true of every work are asked for only when they stand alone.
    """
    rest = " ".join(text[:MAX_LENGTH].casefold().split())
    rest, low, high = _prices(rest)
    rest, sort = _sort(rest)
    rest, district = _place(rest, districts)
    terms = [
        term
        for term in thesaurus.terms(words.significant(rest))
        if not any(words.STOP.issuperset(phrase) for phrase in term.phrases)
    ]
    telling = [term for term in terms if term.typed not in words.GENERAL]
    return Question(tuple((telling or terms)[:MAX_TERMS]), low, high, district, sort)


def _prices(text: str) -> tuple[str, int | None, int | None]:
    between = PRICE_BETWEEN.search(text)
    if between:
        low_number, low_unit, high_number, high_unit = between.groups()
        low, high = _rupiah(low_number, low_unit or high_unit), _rupiah(high_number, high_unit)
        if low is not None and high is not None and low <= high:
            return _cut(text, between), low, high
    low = high = None
    for pattern, is_upper in ((PRICE_BELOW, True), (PRICE_ABOVE, False)):
        match = pattern.search(text)
        amount = _rupiah(*match.groups()) if match else None
        if match and amount is not None:
            text = _cut(text, match)
            low, high = (low, amount) if is_upper else (amount, high)
    return text, low, high


def _rupiah(number: str, unit: str | None) -> int | None:
    """Return the amount, or None where it may be something else than money."""
    whole = number.rstrip(".")
    if unit:
        is_grouped = re.fullmatch(r"\d{1,3}(\.\d{3})+", whole)
        plain = whole.replace(".", "") if is_grouped else whole.replace(",", ".")
        try:
            amount = round(float(plain) * UNITS[unit])
        except ValueError:
            return None
    else:
        plain = whole.replace(".", "")
        if not plain.isdigit() or int(plain) < SURE_WITHOUT_UNIT:
            return None
        amount = int(plain)
    return amount if amount <= MAX_RUPIAH else None


def _sort(text: str) -> tuple[str, str]:
    for pattern, sort in ((CHEAP, "cheapest"), (NEW, "newest")):
        match = pattern.search(text)
        if match:
            return _cut(text, match), sort
    return text, ""


def _place(text: str, districts: dict[str, str]) -> tuple[str, str]:
    """Take "dari Senduro" for a place; a bare "senduro" stays a word, which finds it as well."""
    for match in PLACE.finditer(text):
        slug = districts.get(match[1])
        if slug:
            return _cut(text, match), slug
    return text, ""


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
