"""Makers, those who show most works first; their order is kept while the catalogue stands."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator

from artisans.models import Artisan
from artisans.querysets import ArtisanQuerySet
from catalogue import census, labels
from catalogue.version import Version

PER_PAGE = 24


def page(version: Version, number: str | None) -> Page[Any]:
    """Load one page of all makers that a visitor may see."""
    page = Paginator[Any](_ranked(version), PER_PAGE).get_page(number)
    page.object_list = _loaded(version, tuple(page.object_list))
    return page


def leading(version: Version, most: int) -> list[Artisan]:
    return _loaded(version, _ranked(version)[:most])


def counted(version: Version, artisans: ArtisanQuerySet) -> list[Artisan]:
    """Return these makers with `product_count`, those who show most first."""
    counts = census.take(version).by_artisan
    found = list(artisans.for_cards())
    for artisan in found:
        artisan.product_count = counts[artisan.pk]
    return sorted(found, key=lambda artisan: (-artisan.product_count, artisan.name))


@lru_cache(maxsize=2)
def _ranked(version: Version) -> tuple[int, ...]:
    counts = census.take(version).by_artisan
    known = labels.load(version).of("artisan").values()
    ranked = sorted(known, key=lambda label: (-counts[label.pk], label.name))
    return tuple(label.pk for label in ranked)


@lru_cache(maxsize=32)
def _loaded(version: Version, pks: Iterable[int]) -> list[Artisan]:
    return counted(version, Artisan.objects.published().filter(pk__in=pks))
