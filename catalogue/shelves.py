"""The crafts as the home page shows them: how many works, and one picture."""

from dataclasses import dataclass

from django.db.models import Count

from catalogue.models import Category, Photo, Product


@dataclass(frozen=True, slots=True)
class Shelf:
    craft: Category
    product_count: int
    cover: Photo | None


def filled() -> list[Shelf]:
    """Return the crafts that have published works, with a photo of the oldest work: the newest stand below."""
    published = Product.objects.published()
    counts = dict(published.order_by().values_list("category__parent").annotate(n=Count("pk")))
    oldest = Photo.objects.filter(product__in=published).oldest_of_each_craft()
    covers = {photo.product.category.parent_id: photo for photo in oldest}
    return [
        Shelf(craft, counts[craft.pk], covers.get(craft.pk))
        for craft in Category.objects.crafts()
        if craft.pk in counts
    ]
