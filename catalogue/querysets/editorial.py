"""Questions about what editors and curators put around the works."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.utils import timezone

from artisans.querysets import ArtisanQuerySet
from catalogue.querysets.product import ProductQuerySet

if TYPE_CHECKING:
    from catalogue.models import (  # noqa: F401  named in strings
        Announcement,
        Category,
        Collection,
        ListingReport,
        Motif,
        Photo,
        Story,
    )


class CategoryQuerySet(models.QuerySet["Category"]):
    def crafts(self) -> Self:
        """The roots of the tree: batik, weaving, wood, …"""
        return self.filter(parent=None)


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


class PhotoQuerySet(models.QuerySet["Photo"]):
    def oldest_of_each_craft(self, products: ProductQuerySet) -> Self:
        """One photo a craft, the cover of its oldest work, with `product_count` of the craft."""
        craft = "product__category__parent_id"
        counts = (
            products.filter(category__parent=OuterRef(craft))
            .order_by()
            .values("category__parent")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return (
            self.filter(product__in=products)
            .select_related("product__category__parent")
            .annotate(product_count=Subquery(counts))
            .order_by(craft, "product__published_at", "product_id", "position")
            .distinct(craft)
        )


def _is_pictured() -> Case:
    return Case(When(picture="", then=0), default=1)


def _visible_works() -> Count:
    """Count the related `products` as ProductQuerySet.published() does."""
    published = Q(products__status="published", products__artisan__status="published")
    return Count("products", filter=published, distinct=True)


def with_work_counts(artisans: ArtisanQuerySet) -> ArtisanQuerySet:
    """Add `product_count`, the published works of each; those with most come first."""
    published = Q(products__status="published")
    return artisans.annotate(
        product_count=Count("products", filter=published, distinct=True)
    ).order_by("-product_count", "name")
