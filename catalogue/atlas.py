"""The atlas: 21 equal tiles, laid out like the map, each with what it holds."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from artisans.models import District
from catalogue import census, shelves
from catalogue.version import Version

SHADES = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A district with its counts of published works and makers; `level` is its shade."""

    district: District
    product_count: int
    artisan_count: int
    crafts: list[str]
    level: int


@dataclass(frozen=True, slots=True)
class Atlas:
    tiles: list[Tile]
    legend: list[tuple[int, str]]


def draw(version: Version) -> Atlas:
    """Shade every district by the works that it shows; crafts in the reader's language."""
    counted = census.take(version)
    steps = _steps(max(counted.by_district.values(), default=0))
    tiles = [
        Tile(
            district,
            counted.by_district[district.pk],
            len(counted.artisans_of.get(district.pk, ())),
            [
                craft.tr("name")
                for craft in shelves.all_crafts(version)
                if craft.pk in counted.crafts_of.get(district.pk, ())
            ],
            sum(counted.by_district[district.pk] >= step for step in steps),
        )
        for district in _districts(version)
    ]
    return Atlas(tiles, _legend(steps))


@lru_cache(maxsize=2)
def _districts(version: Version) -> list[District]:
    return list(District.objects.in_reading_order())


def _steps(most: int) -> list[int]:
    """Return the counts at which a darker shade begins: thirds of the fullest tile."""
    return sorted({1, *(most * third // SHADES + 1 for third in (1, 2))}) if most >= SHADES else [1]


def _legend(steps: list[int]) -> list[tuple[int, str]]:
    lines = [(0, _("no works yet"))]
    for level, (low, after) in enumerate(zip(steps, [*steps[1:], None], strict=True), start=1):
        if after is None:
            lines.append((level, _("%(low)s works or more") % {"low": low}))
        elif after - low == 1:
            lines.append((level, str(low)))
        else:
            lines.append((level, _("%(low)s to %(high)s") % {"low": low, "high": after - 1}))
    return lines
