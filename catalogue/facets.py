"""What the catalogue's sidebar offers: choices with counts, none that leads nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import answers
from catalogue.filters import ProductFilter
from catalogue.models import Category
from catalogue.version import Version
from lumajang_crafts.lib.money import rupiah

SHOWN = 8  # choices before the fold
OFFERED = 40  # a longer list is what the search is for


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick; `inner` are the categories of a craft."""

    key: str
    value: str
    label: str
    count: int
    is_chosen: bool
    inner: list["Choice"] = field(default_factory=list)

    @property
    def holds_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.inner)


@dataclass(frozen=True, slots=True)
class Facet:
    """Choices in sight, and those behind the fold."""

    key: str
    legend: str
    is_open: bool
    choices: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen thing and the address without it."""

    label: str
    url: str


def facets(chosen: ProductFilter) -> list[Facet]:
    """Offer shelves, availability, places, and how and of what works are made."""
    return _facets(chosen.version, chosen.query, get_language() or "id")


def heading(chosen: ProductFilter) -> Category | None:
    """The one shelf that the page is about, if it is about one."""
    categories, crafts = chosen.shelves()
    shelves = [*categories, *crafts]
    return Category.objects.get(pk=shelves[0].pk) if len(shelves) == 1 else None


def maker_count(chosen: ProductFilter) -> int:
    """Count the makers of the list; the facet itself counts as if no maker were chosen."""
    counts = answers.counts(chosen)["artisan"]
    picked = {label.pk for label in chosen.labels.chosen("artisan", chosen.values["artisan"])}
    return sum(1 for pk in counts if not picked or pk in picked)


def chips(chosen: ProductFilter, query: QueryDict, path: str) -> list[Chip]:
    """Name every choice in force, each with the way to drop it."""
    values = chosen.values
    made = [
        Chip(label.tr("name"), _without(query, path, kind, label.slug))
        for kind in answers.PATHS
        for label in chosen.labels.chosen(kind, values[kind])
    ]
    if values["q"]:
        made.insert(0, Chip(f"“{values['q']}”", _without(query, path, "q")))
    for key, words in (("price_min", _("from %s")), ("price_max", _("up to %s"))):
        if values[key] is not None:
            made.append(Chip(words % rupiah(values[key]), _without(query, path, key)))
    if values["available"]:
        made.append(Chip(_("Available now"), _without(query, path, "available")))
    return made


@lru_cache(maxsize=answers.KEPT)
def _facets(version: Version, query: str, language: str) -> list[Facet]:
    """Put the counts beside the names; kept as long as both stand."""
    chosen = ProductFilter(QueryDict(query), version)
    counts = answers.counts(chosen)
    available = counts["available"][1]
    offered = [
        _facet("shelf", _("Craft"), _shelves(chosen, counts), is_open=True),
        _facet(
            "available",
            _("Availability"),
            [Choice("available", "true", _("Available now"), available, _is_on(chosen))]
            if available or _is_on(chosen)
            else [],
            is_open=True,
        ),
        _facet("district", _("District"), _choices(chosen, "district", counts["district"])),
        *(
            _facet(kind, legend, _by_count(_choices(chosen, kind, counts[kind])))
            for kind, legend in (
                ("technique", _("Technique")),
                ("material", _("Material")),
                ("motif", _("Motif")),
                ("artisan", _("Maker")),
            )
        ),
    ]
    return [facet for facet in offered if facet.choices]


def _facet(key: str, legend: str, choices: list[Choice], *, is_open: bool = False) -> Facet:
    picked = [choice for choice in choices if choice.is_chosen]
    shown = picked + [choice for choice in choices if not choice.is_chosen][: SHOWN - len(picked)]
    if key in {"shelf", "district"}:  # they have an order of their own
        shown = choices if len(choices) <= SHOWN else [c for c in choices if c in shown]
    more = [choice for choice in choices[:OFFERED] if choice not in shown]
    return Facet(key, legend, is_open or bool(picked), shown, more)


def _shelves(chosen: ProductFilter, counts: Mapping[str, Mapping[int, int]]) -> list[Choice]:
    """The tree: crafts, each with its categories."""
    inner = _choices(chosen, "category", counts["category"])
    parents = {label.slug: label.parent for label in chosen.labels.of("category").values()}
    return [
        Choice(
            "craft",
            craft.slug,
            craft.tr("name"),
            counts["craft"].get(craft.pk, 0),
            craft.slug in chosen.values["craft"],
            [choice for choice in inner if parents[choice.value] == craft.pk],
        )
        for craft in chosen.labels.of("craft").values()
        if counts["craft"].get(craft.pk) or craft.slug in chosen.values["craft"]
    ]


def _choices(chosen: ProductFilter, kind: str, counts: Mapping[int, int]) -> list[Choice]:
    picked = set(chosen.values[kind])
    return [
        Choice(kind, label.slug, label.tr("name"), counts.get(label.pk, 0), label.slug in picked)
        for label in chosen.labels.of(kind).values()
        if counts.get(label.pk) or label.slug in picked
    ]


def _by_count(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: -choice.count)


def _is_on(chosen: ProductFilter) -> bool:
    return bool(chosen.values["available"])


def _without(query: QueryDict, path: str, key: str, value: str | None = None) -> str:
    rest = query.copy()
    kept = [item for item in rest.getlist(key) if value is not None and item != value]
    rest.pop("page", None)
    rest.setlist(key, kept)
    if not kept:
        del rest[key]
    return f"{path}?{rest.urlencode()}" if rest else path
