"""What a set of choices gives: ordered ids, counts and cards, kept while the catalogue stands.

All are worked out once for each version of the catalogue (`catalogue/version.py`)
in each process, so they are as fresh as the rows themselves, and a deep page
costs what the first one does.
"""

import datetime
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone

from catalogue.filters import ProductFilter
from catalogue.models import Product
from catalogue.querysets import ProductQuerySet
from catalogue.version import Version

NEWEST = 8
KEPT = 128  # lists and counts in a process; a list of 20,000 works is 160 KB

Counts = Mapping[str, Mapping[int, int]]

PATHS = {
    "craft": ("shelf", "category__parent"),
    "category": ("shelf", "category"),
    "technique": ("technique", "techniques"),
    "material": ("material", "materials"),
    "motif": ("motif", "motifs"),
    "district": ("district", "artisan__district"),
    "artisan": ("artisan", "artisan"),
}


def ids(chosen: ProductFilter) -> "array[int]":
    """Return the primary keys of the list, in its order."""
    return _ids(chosen.version, chosen.query)


def page(chosen: ProductFilter, number: str | None) -> Page[Any]:
    """Load one page of the list, for cards; a number beyond the last gives the last."""
    pages: Paginator[Any] = Paginator(ids(chosen), settings.PRODUCTS_PER_PAGE)
    page = pages.get_page(number)
    page.object_list = cards(chosen.version, page.object_list)
    return page


def newest(version: Version) -> list[Product]:
    """Return the newest works for the first page of the site, as their cards show them."""
    return _newest(version, timezone.localdate())


def cards(version: Version, pks: Iterable[int]) -> list[Product]:
    """Return these works as their cards show them; callers only read them.

    Certificates run out at midnight without a change of any row, hence the day.
    """
    return _cards(version, timezone.localdate(), tuple(pks))


def counts(chosen: ProductFilter) -> Counts:
    """Return, for each kind of label, how many works each one would list.

    A facet is counted as if nothing were chosen in it and everything else were,
    so a count equals the list that choosing only this label gives. The kind
    "available" has one entry, under 1.
    """
    return _counts(chosen.version, chosen.query)


@lru_cache(maxsize=KEPT)
def _ids(version: Version, query: str) -> "array[int]":
    chosen = ProductFilter(QueryDict(query), version)
    return array("q", chosen.products.values_list("pk", flat=True))


@lru_cache(maxsize=2)
def _newest(version: Version, day: datetime.date) -> list[Product]:
    return list(Product.objects.published().newest().for_cards()[:NEWEST])


@lru_cache(maxsize=KEPT)
def _cards(version: Version, day: datetime.date, pks: tuple[int, ...]) -> list[Product]:
    return Product.objects.for_cards().in_order(pks)


@lru_cache(maxsize=KEPT)
def _counts(version: Version, query: str) -> Counts:
    """Count every facet in one statement."""
    chosen = ProductFilter(QueryDict(query), version)
    available = chosen.without("available").available()
    parts = [_part("available", available, Value(1))]
    for kind, (facet, path) in PATHS.items():
        parts.append(_part(kind, chosen.without(facet), path))
    found: dict[str, Counter[int]] = {kind: Counter() for kind in ("available", *PATHS)}
    for kind, pk, number in parts[0].union(*parts[1:], all=True):
        if pk is not None:
            found[kind][pk] = number
    return found


def _part(kind: str, products: ProductQuerySet, key: Any) -> QuerySet[Any, Any]:
    return (
        products.order_by()
        .annotate(kind=Value(kind), key=Cast(key, IntegerField()))
        .values_list("kind", "key")
        .annotate(n=Count("pk", distinct=True))
    )
