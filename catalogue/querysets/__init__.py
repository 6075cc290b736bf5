"""Every question the catalogue asks about its rows, each a chainable name."""

from catalogue.querysets.editorial import (
    AnnouncementQuerySet,
    CategoryQuerySet,
    CollectionQuerySet,
    MotifQuerySet,
    PhotoQuerySet,
    ReportQuerySet,
    StoryQuerySet,
    with_work_counts,
)
from catalogue.querysets.product import ProductQuerySet, VariantQuerySet

__all__ = [
    "AnnouncementQuerySet",
    "CategoryQuerySet",
    "CollectionQuerySet",
    "MotifQuerySet",
    "PhotoQuerySet",
    "ProductQuerySet",
    "ReportQuerySet",
    "StoryQuerySet",
    "VariantQuerySet",
    "with_work_counts",
]
