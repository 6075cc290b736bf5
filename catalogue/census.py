"""How many works each maker shows of each craft, and where: asked once for each version.

The atlas, the crafts on the home page and the order of makers are all read from it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count

from catalogue.models import Product
from catalogue.version import Version


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of published works by the keys of craft, maker and district."""

    by_craft: Counter[int] = field(default_factory=Counter)
    by_artisan: Counter[int] = field(default_factory=Counter)
    by_district: Counter[int] = field(default_factory=Counter)
    crafts_of: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    artisans_of: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


@lru_cache(maxsize=2)
def take(version: Version) -> Census:
    """Count in one query; callers only read what they get."""
    census = Census()
    rows = (
        Product.objects.published()
        .order_by()
        .values_list("artisan__district", "artisan", "category__parent")
        .annotate(n=Count("pk"))
    )
    for district, artisan, craft, number in rows:
        census.by_district[district] += number
        census.by_artisan[artisan] += number
        census.by_craft[craft] += number
        census.crafts_of[district].add(craft)
        census.artisans_of[district].add(artisan)
    return census
