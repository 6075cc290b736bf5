"""A work with all that its page tells, kept while the catalogue stands.

What is left of it is not kept: each page asks for the variants anew, since a sale
that leaves a piece changes no list.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone

from artisans.models import Certificate
from catalogue import neighbours, offer
from catalogue.models import Product
from catalogue.neighbours import Neighbours
from catalogue.version import Version

KEPT = 512  # works in a process


@dataclass(frozen=True, slots=True)
class Work:
    """`product` with photos, techniques, motifs and materials; readers share it, so none changes it."""

    product: Product
    certificate: Certificate | None
    beside: Neighbours


def shown(version: Version, slug: str) -> Work:
    """Return the published work of that address; raises Product.DoesNotExist.

    The day is part of what is kept: certificates run out at midnight.
    """
    return _shown(version, timezone.localdate(), slug)


@lru_cache(maxsize=KEPT)
def _shown(version: Version, day: datetime.date, slug: str) -> Work:
    product = Product.objects.published().for_page().get(slug=slug)
    return Work(product, offer.batikmark(product), neighbours.around(product))
