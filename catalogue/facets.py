"""What the catalogue's sidebar offers: choices with counts, none that leads nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _

from artisans.models import District
from catalogue.filters import ProductFilter
from catalogue.models import Category
from lumajang_crafts.lib.money import rupiah


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    key: str
    legend: str
    is_open: bool
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen thing and the address without it."""

    label: str
    url: str


def facets(chosen: ProductFilter) -> list[Facet]:
    """Offer crafts, the chosen crafts' categories, places and availability."""
    values = chosen.values
    crafts = _counted(
        Category.objects.crafts(), chosen.without("craft", "category"), "category__parent"
    )
    shelves = Category.objects.exclude(parent=None)
    if values["craft"]:
        shelves = shelves.filter(parent__in=values["craft"])
    categories = _counted(shelves, chosen.without("category"), "category")
    districts = _counted(District.objects.all(), chosen.without("district"), "artisan__district")
    available = chosen.without("available").available().count()
    offered = [
        Facet("craft", _("Craft"), True, _choices(crafts, values["craft"])),
        Facet("category", _("Category"), True, _choices(categories, values["category"])),
        Facet(
            "district",
            _("District"),
            bool(values["district"]),
            _choices(districts, values["district"]),
        ),
        Facet(
            "available",
            _("Availability"),
            True,
            [Choice("true", _("Available now"), available, bool(values["available"]))]
            if available
            else [],
        ),
    ]
    return [facet for facet in offered if facet.choices]


def heading(chosen: ProductFilter) -> Category | None:
    """The one shelf that the page is about, if it is about one."""
    values = chosen.values
    shelves = [*(values["category"] or [])] or [*(values["craft"] or [])]
    return shelves[0] if len(shelves) == 1 else None


def chips(chosen: ProductFilter, query: QueryDict, path: str) -> list[Chip]:
    """Name every choice in force, each with the way to drop it."""
    values = chosen.values
    made = [
        Chip(_label(thing), _without(query, path, key, thing.slug))
        for key in ("craft", "category", "district", "artisan")
        for thing in values[key] or []
    ]
    if values["q"]:
        made.append(Chip(f"“{values['q']}”", _without(query, path, "q")))
    if values["price_min"] is not None:
        made.append(
            Chip(_("from %s") % rupiah(values["price_min"]), _without(query, path, "price_min"))
        )
    if values["price_max"] is not None:
        made.append(
            Chip(_("up to %s") % rupiah(values["price_max"]), _without(query, path, "price_max"))
        )
    if values["available"]:
        made.append(Chip(_("Available now"), _without(query, path, "available")))
    return made


def _counted(things: Any, products: Any, path: str) -> list[tuple[Any, int]]:
    """Pair each thing with how many of the products it holds; none with zero."""
    counts = dict(products.order_by().values_list(path).annotate(n=Count("pk", distinct=True)))
    return [(thing, counts[thing.pk]) for thing in things if counts.get(thing.pk)]


def _choices(counted: Iterable[tuple[Any, int]], chosen: Iterable[Any] | None) -> list[Choice]:
    picked = {thing.pk for thing in chosen or []}
    return [
        Choice(thing.slug, _label(thing), count, thing.pk in picked) for thing, count in counted
    ]


def _label(thing: Any) -> str:
    return thing.tr("name") if hasattr(thing, "name_en") else str(thing)


def _without(query: QueryDict, path: str, key: str, value: str | None = None) -> str:
    rest = query.copy()
    kept = [item for item in rest.getlist(key) if value is not None and item != value]
    rest.pop("page", None)
    rest.setlist(key, kept)
    if not kept:
        del rest[key]
    return f"{path}?{rest.urlencode()}" if rest else path
