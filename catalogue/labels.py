"""The names that facets and chips show, read together once for each version of the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from artisans.models import Artisan, District
from catalogue.models import Category, Material, Motif, Technique
from catalogue.version import Version
from lumajang_crafts.lib.translated import Translated

KINDS = ("craft", "category", "technique", "material", "motif", "district", "artisan")


@dataclass(frozen=True, slots=True)
class Label(Translated):
    """One thing that works can be chosen by; `parent` is the craft of a category."""

    pk: int
    parent: int | None
    slug: str
    name: str
    name_en: str


class Labels:
    """Labels by kind: each a dict from slug, in the order that readers see."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        ordered = sorted(rows, key=lambda row: (row[0], row[1], row[5].casefold()))
        kinds = {
            kind: [Label(*row[2:]) for row in group]
            for kind, group in groupby(ordered, key=lambda row: row[0])
        }
        self._by_slug = {
            kind: {label.slug: label for label in all_} for kind, all_ in kinds.items()
        }

    def of(self, kind: str) -> dict[str, Label]:
        return self._by_slug.get(kind, {})

    def chosen(self, kind: str, slugs: list[str] | None) -> list[Label]:
        known = self.of(kind)
        return [known[slug] for slug in slugs or [] if slug in known]


@lru_cache(maxsize=2)
def load(version: Version) -> Labels:
    """Read every label in one query."""
    parts = list(_parts())
    return Labels(list(parts[0].union(*parts[1:], all=True)))


def _parts() -> Iterator[QuerySet[Any, Any]]:
    crafts = Category.objects.crafts()
    shelves = Category.objects.exclude(parent=None)
    yield _part("craft", crafts, position=F("position"))
    yield _part("category", shelves, parent=F("parent_id"), position=F("position"))
    yield _part("technique", Technique.objects.all())
    yield _part("material", Material.objects.all())
    yield _part("motif", Motif.objects.all())
    yield _part("district", District.objects.all(), name_en=Value(""))
    yield _part("artisan", Artisan.objects.published(), name_en=Value(""))


def _part(
    kind: str,
    things: QuerySet[Any],
    *,
    parent: Any = None,
    position: Any = None,
    name_en: Any = None,
) -> QuerySet[Any, Any]:
    return things.order_by().values_list(
        Value(kind),
        _number(position or Value(0)),
        _number(F("pk")),
        _number(parent or Value(None)),
        "slug",
        "name",
        name_en or F("name_en"),
    )


def _number(value: Any) -> Cast:
    """A union needs the same type in every part, and NULL has none of its own."""
    return Cast(value, IntegerField())
