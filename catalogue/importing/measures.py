"""Sizes and weights, always with their unit: 115 x 225 cm, Ø 20 cm, 0,4 kg."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from catalogue.importing.report import Unclear
from catalogue.importing.values import text

CM = {"": Decimal(1), "cm": Decimal(1), "mm": Decimal("0.1"), "m": Decimal(100)}
GRAMS = {
    **dict.fromkeys(["g", "gr", "gram", "grams"], Decimal(1)),
    **dict.fromkeys(["kg", "kilo", "kilogram"], Decimal(1000)),
    "ons": Decimal(100),
}
NUMBER = r"(?P<number>\d{1,7}(?:[.,]\d{1,6})?)"
THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
TIMES = re.compile(r"\s*[x×*]\s*")
DIAMETER = r"ø|⌀|diameter|dia|d"
SIDE = re.compile(rf"(?P<round>(?:{DIAMETER})\.?\s*)?{NUMBER}\s*(?P<unit>cm|mm|m)?")
WEIGHT = re.compile(rf"{NUMBER}\s*(?P<unit>[a-z]*)\.?")

Size = tuple[Decimal, ...]  # cm: length, width, height; fewer where fewer are known


def size(cell: object, unit: str = "") -> Size:
    """Return up to three sides in cm, to the millimetre.

    "Ø 20 x 35" is length and width 20, height 35. A number without a unit is cm.
    """
    sides = tuple(side.quantize(Decimal("0.1"), ROUND_HALF_UP) for side in _sides(cell, unit))
    if not 1 <= len(sides) <= 3 or not all(sides):  # noqa: PLR2004  length, width, height
        raise _unclear_size(text(cell))
    return sides


def length(cell: object, unit: str = "") -> Decimal:
    """Return one side in cm."""
    sides = size(cell, unit)
    if len(sides) != 1:
        raise _unclear_size(text(cell))
    return sides[0]


def parcel(cell: object, unit: str = "") -> tuple[int, int, int]:
    """Return the three sides of a parcel in whole cm, rounded up as couriers do."""
    sides = [math.ceil(side) for side in size(cell, unit)]
    if len(sides) != 3:  # noqa: PLR2004  length, width, height
        raise Unclear(
            _("A parcel has three sides; “%s” names %d.") % (text(cell), len(sides)),
            _("Write length x width x height, for example 30 x 25 x 4 cm."),
        )
    return sides[0], sides[1], sides[2]


def parcel_side(cell: object, unit: str = "") -> int:
    return math.ceil(length(cell, unit))


def weight(cell: object, unit: str = "") -> Decimal:
    """Return grams. A number without a unit is refused: 2 may be g or kg."""
    words = text(cell)
    found = WEIGHT.fullmatch(words.casefold())
    if found is None or _is_ambiguous(cell, found["number"]):
        raise _unclear_weight(words)
    factor = GRAMS.get(found["unit"] or unit)
    grams = _decimal(found["number"]) * factor if factor else Decimal(0)
    if not grams:
        raise _unclear_weight(words)
    return grams.quantize(Decimal("0.01"), ROUND_HALF_UP)


def packed_weight(cell: object, unit: str = "") -> int:
    """Return whole grams, rounded up."""
    return math.ceil(weight(cell, unit))


def _sides(cell: object, unit: str) -> list[Decimal]:
    words = text(cell)
    parts = [SIDE.fullmatch(part) for part in TIMES.split(words.casefold())]
    last_unit = (parts[-1]["unit"] if parts[-1] else "") or unit
    sides: list[Decimal] = []
    for part in parts:
        if part is None or _is_ambiguous(cell, part["number"]):
            raise _unclear_size(words)
        side = _decimal(part["number"]) * CM.get(part["unit"] or last_unit, Decimal(1))
        sides += [side, side] if part["round"] else [side]
    return sides


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _is_ambiguous(cell: object, number: str) -> bool:
    """Tell whether "1.500" may be fifteen hundred or one and a half; a number cell is sure."""
    return isinstance(cell, str) and THOUSANDS.fullmatch(number) is not None


def _unclear_size(words: str) -> Unclear:
    return Unclear(
        _("“%s” is not a clear size.") % words,
        _("Write it like 115 x 225 cm, 1,15 x 2,25 m or Ø 20 cm."),
    )


def _unclear_weight(words: str) -> Unclear:
    return Unclear(
        _("“%s” is not a clear weight.") % words,
        _("Write the unit: 400 g or 0,4 kg, or put it into the heading, like Weight (g)."),
    )
