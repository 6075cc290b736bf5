"""Questions about what editors and curators put around the works."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.utils import timezone

from catalogue.querysets.product import cover_columns, rows

if TYPE_CHECKING:
    from catalogue.models import (  # noqa: F401  named in strings
        Announcement,
        Category,
        Collection,
        ListingReport,
        Motif,
        Story,
    )


class CategoryQuerySet(models.QuerySet["Category"]):
    def crafts(self) -> Self:
        """The roots of the tree: batik, weaving, wood, …"""
        return self.filter(parent=None)

    def with_oldest_photo(self) -> Self:
        """Add `photo_row`, the columns of the cover of each craft's oldest published work."""
        photos = rows("Photo").filter(
            product__category__parent=OuterRef("pk"),
            product__status="published",
            product__artisan__status="published",
        )
        oldest = photos.order_by("product__published_at", "product_id", "position", "pk")
        return self.annotate(photo_row=Subquery(oldest.values(row=cover_columns())[:1]))


class ReportQuerySet(models.QuerySet["ListingReport"]):
    def open(self) -> Self:
        """Reports that no curator has answered yet."""
        return self.filter(handled_at=None)


class StoryQuerySet(models.QuerySet["Story"]):
    def published(self) -> Self:
        return self.filter(published_at__lte=timezone.now())


class CollectionQuerySet(models.QuerySet["Collection"]):
    def published(self) -> Self:
        return self.filter(published_at__lte=timezone.now())

    def for_cards(self) -> Self:
        """The newest first, with `product_count`: how many works of each a visitor can see."""
        return self.annotate(product_count=_visible_works()).order_by("-published_at", "title")


class MotifQuerySet(models.QuerySet["Motif"]):
    def with_work_counts(self) -> Self:
        """Add `product_count`, how many works that a visitor can see carry each."""
        return self.annotate(product_count=_visible_works())

    def for_list(self) -> Self:
        """Those with a picture first, each part as staff ordered it."""
        return self.with_work_counts().order_by(_is_pictured().desc(), "position", "name")

    def beside(self, motif: "Motif") -> Self:
        """Other motifs: those drawn on the same works first."""
        shared = Count("products", filter=Q(products__motifs=motif), distinct=True)
        return (
            self.exclude(pk=motif.pk)
            .annotate(shared_works=shared)
            .order_by("-shared_works", _is_pictured().desc(), "position", "name")
        )


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def not_over(self) -> Self:
        return self.filter(ends_at__gt=timezone.now())


def _is_pictured() -> Case:
    return Case(When(picture="", then=0), default=1)


def _visible_works() -> Count:
    """Count the related `products` as ProductQuerySet.published() does."""
    published = Q(products__status="published", products__artisan__status="published")
    return Count("products", filter=published, distinct=True)
