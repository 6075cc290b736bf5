"""The crafts as the home page shows them: how many works, and one picture."""

from dataclasses import dataclass

from catalogue.models import Category, Photo, Product


@dataclass(frozen=True, slots=True)
class Shelf:
    craft: Category
    product_count: int
    cover: Photo


def filled() -> list[Shelf]:
    """Return the crafts that have published works, in one query.

    Each has a photo of its oldest work: the newest works stand below on the page.
    """
    published = Product.objects.published()
    shelves = [
        Shelf(photo.product.category.parent, photo.product_count, photo)
        for photo in Photo.objects.oldest_of_each_craft(published)
        if photo.product.category.parent
    ]
    return sorted(shelves, key=lambda shelf: (shelf.craft.position, shelf.craft.name))
