"""The atlas: 21 equal tiles, laid out like the map, each with what it holds."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from artisans.models import District
from catalogue.models import Category, Product

SHADES = 3


@dataclass(slots=True)
class Tile:
    """A district with its counts of published works and makers; `level` is its shade."""

    district: District
    product_count: int = 0
    artisans: set[int] = field(default_factory=set)
    crafts: list[str] = field(default_factory=list)
    level: int = 0

    @property
    def artisan_count(self) -> int:
        return len(self.artisans)

    def add_craft(self, name: str) -> None:
        if name and name not in self.crafts:
            self.crafts.append(name)


@dataclass(frozen=True, slots=True)
class Atlas:
    tiles: list[Tile]
    legend: list[tuple[int, str]]


def draw() -> Atlas:
    """Count every district, in two queries at any number of works."""
    tiles = {district.pk: Tile(district) for district in District.objects.in_reading_order()}
    craft = "category__parent__"
    rows = (
        Product.objects.published()
        .order_by(f"{craft}position", f"{craft}name")
        .values_list("artisan__district", "artisan", f"{craft}name", f"{craft}name_en")
        .annotate(n=Count("pk"))
    )
    for place, artisan, name, name_en, count in rows:
        tiles[place].product_count += count
        tiles[place].artisans.add(artisan)
        tiles[place].add_craft(Category(name=name or "", name_en=name_en or "").tr("name"))
    most = max((tile.product_count for tile in tiles.values()), default=0)
    steps = _steps(most)
    for tile in tiles.values():
        tile.level = sum(tile.product_count >= step for step in steps)
    return Atlas(list(tiles.values()), _legend(steps))


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
