"""The works that stand beside a work on its page."""

from dataclasses import dataclass, field

from catalogue.models import Product

MOST = 4  # cards a row


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`more` by the same maker, newest first; `similar` works of other makers, likest first."""

    more: list[Product] = field(default_factory=list)
    similar: list[Product] = field(default_factory=list)


def around(product: Product) -> Neighbours:
    """Find the neighbours, with all that their cards show, in one query."""
    found = Product.objects.published().beside(product, MOST)
    more = [work for work in found if work.artisan_id == product.artisan_id]
    similar = [work for work in found if work.artisan_id != product.artisan_id]
    similar.sort(
        key=lambda work: (work.shared_motifs, work.category_id == product.category_id),
        reverse=True,
    )
    return Neighbours(more[:MOST], similar[:MOST])
