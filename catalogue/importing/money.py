"""Prices as Indonesians write them: Rp 150.000, 150rb, 1,2jt."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue.importing.report import Unclear
from catalogue.importing.values import text
from lumajang_crafts.lib.money import rupiah

LEAST = 500  # Rp; less is a price written in thousands
MOST = 10_000_000_000  # Rp; more is a slipped zero
SIGNS = re.compile(r"^(?:rp|idr)\.?|(?:,|\.)[-–—]+$")
GROUPED = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+"
AMOUNT = re.compile(rf"(?P<whole>{GROUPED}|\d+)(?:[.,]0{{1,2}})?")
SHORT = re.compile(r"(?P<number>\d+(?:[.,]\d{1,2})?) ?(?P<unit>rb|ribu|k|jt|juta)")
TIMES = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def price(cell: object, _unit: str = "") -> int:
    """Return whole rupiah; "1.5", decimals and negative amounts are refused, not guessed."""
    words = text(cell)
    amount = _amount(SIGNS.sub("", words.casefold()).strip())
    if amount is None:
        raise Unclear(
            _("“%s” is not a clear price.") % words,
            _("Write whole rupiah: 150.000, Rp 150.000, 150rb or 1,2jt."),
        )
    if amount < LEAST:
        raise Unclear(
            _("%s is too little for a price.") % rupiah(amount),
            _("If thousands are meant, write 150rb or 150.000."),
        )
    if amount > MOST:
        raise Unclear(
            _("%s is too much for a price.") % rupiah(amount), _("Check the number of zeros.")
        )
    return amount


def _amount(words: str) -> int | None:
    short = SHORT.fullmatch(words)
    if short is not None:
        amount = Decimal(short["number"].replace(",", ".")) * TIMES[short["unit"]]
        return int(amount)
    whole = AMOUNT.fullmatch(words)
    return int(re.sub(r"\D", "", whole["whole"])) if whole else None
