"""The crafts as the home page shows them: how many works, and one picture."""

from dataclasses import dataclass
from functools import lru_cache

from catalogue import census
from catalogue.models import Category, Photo
from catalogue.version import Version


@dataclass(frozen=True, slots=True)
class Shelf:
    craft: Category
    product_count: int
    cover: Photo | None


@lru_cache(maxsize=2)
def all_crafts(version: Version) -> list[Category]:
    """Load the crafts, each with a photo of its oldest work: the newest stand on the home page."""
    return list(Category.objects.crafts().with_oldest_photo())


def filled(version: Version) -> list[Shelf]:
    """Return the crafts that have published works."""
    counts = census.take(version).by_craft
    return [
        Shelf(craft, counts[craft.pk], Photo(**craft.photo_row) if craft.photo_row else None)
        for craft in all_crafts(version)
        if counts[craft.pk]
    ]
