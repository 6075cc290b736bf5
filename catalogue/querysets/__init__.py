"""Every question the catalogue asks about its rows, each a chainable name."""

from catalogue.querysets.editorial import (
    AnnouncementQuerySet,
    CategoryQuerySet,
    CollectionQuerySet,
    MotifQuerySet,
    ReportQuerySet,
    StoryQuerySet,
)
from catalogue.querysets.product import ProductQuerySet, VariantQuerySet

__all__ = [
    "AnnouncementQuerySet",
    "CategoryQuerySet",
    "CollectionQuerySet",
    "MotifQuerySet",
    "ProductQuerySet",
    "ReportQuerySet",
    "StoryQuerySet",
    "VariantQuerySet",
]
