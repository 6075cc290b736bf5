"""Every question the catalogue asks about its rows, each a chainable name."""

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.utils import timezone

from artisans.models import Certificate
from artisans.querysets import ArtisanQuerySet

if TYPE_CHECKING:
    from catalogue.models import (  # noqa: F401  named in strings
        Category,
        Collection,
        ListingReport,
        Photo,
        Product,
        Story,
        Variant,
    )


class CategoryQuerySet(models.QuerySet["Category"]):
    def crafts(self) -> Self:
        """The roots of the tree: batik, weaving, wood, …"""
        return self.filter(parent=None)


class VariantQuerySet(models.QuerySet["Variant"]):
    def offered(self) -> Self:
        return self.filter(is_active=True)

    def buyable(self) -> Self:
        """Variants of which at least one piece can be promised now."""
        return self.offered().filter(Q(supply="made_to_order") | Q(on_hand__gt=F("reserved")))


class ProductQuerySet(models.QuerySet["Product"]):
    def published(self) -> Self:
        """Works that a visitor may see: their workshop must be published too."""
        return self.filter(
            status="published", published_at__lte=timezone.now(), artisan__status="published"
        )

    def available(self) -> Self:
        """Works of which something can be bought now."""
        from_shelf = Q(variants__on_hand__gt=F("variants__reserved"))
        to_order = Q(variants__supply="made_to_order")
        offered = self.model.objects.filter(from_shelf | to_order, variants__is_active=True)
        return self.filter(pk__in=offered.values("pk"))

    def newest(self) -> Self:
        return self.order_by(F("published_at").desc(), F("pk").desc())

    def cheapest(self) -> Self:
        return self.order_by("price_min", "pk")

    def dearest(self) -> Self:
        return self.order_by("-price_min", "-pk")

    def beside(self, product: "Product", most: int) -> Self:
        """Candidates for its neighbours, newest first, with `shared_motifs`; loaded as cards.

        The newest by the same maker; by others those that share most motifs, and
        the newest of its category and of its craft: up to `most` of each. Each
        part stops at its own few rows, so that a large catalogue costs no more.
        """
        others = self.exclude(pk=product.pk).order_by()
        motifs = [motif.pk for motif in product.motifs.all()]
        same_maker = others.filter(artisan=product.artisan_id)
        foreign = others.exclude(artisan=product.artisan_id)
        shared = foreign.filter(motifs__in=motifs).annotate(shared=Count("motifs", distinct=True))
        is_same_category = Case(When(category=product.category_id, then=1), default=0)
        wanted = [
            same_maker.newest(),
            shared.order_by("-shared", is_same_category.desc(), "-published_at", "-pk"),
            foreign.filter(category=product.category_id).newest(),
            foreign.filter(category__parent=product.category.parent_id).newest(),
        ]
        first, *rest = (part.values("pk")[:most] for part in wanted)
        counted = Count("motifs", filter=Q(motifs__in=motifs), distinct=True)
        return (
            self.filter(pk__in=first.union(*rest))
            .for_cards()
            .prefetch_related(None)
            .annotate(shared_motifs=counted)
            .newest()
        )

    def with_batikmark(self, day: datetime.date | None = None) -> Self:
        """Add `has_batikmark`: a valid certificate whose colour is that of a technique."""
        proof = (
            Certificate.objects.valid_on(day or timezone.localdate())
            .filter(kind="batikmark", artisan=OuterRef("artisan"))
            .filter(colour__in=_batikmark_colours())
        )
        return self.annotate(has_batikmark=Exists(proof))

    def for_cards(self) -> Self:
        """Load what components/product_card.html reads, in three queries at any length."""
        return (
            self.select_related("artisan__district")
            .defer(
                "description",
                "description_en",
                "care",
                "care_en",
                "artisan__story",
                "artisan__story_en",
                "artisan__contact_phone",
                "artisan__contact_email",
                "artisan__contact_address",
            )
            .with_batikmark()
            .prefetch_related("variants", _covers())
        )

    def for_page(self) -> Self:
        """Load what the product page reads, but variants and photos (`neighbours.with_contents`)."""
        return (
            self.select_related("artisan__district", "category__parent")
            .with_batikmark()
            .prefetch_related("techniques", "motifs", _composition())
        )


def _covers() -> Prefetch[str]:
    """The first photo of each product, as `covers`."""
    photos = apps.get_model("catalogue", "Photo")._default_manager.all()  # noqa: SLF001  Django's documented name
    first = photos.order_by("product_id", "position", "pk").distinct("product_id")
    return Prefetch("photos", queryset=first, to_attr="covers")


def _composition() -> Prefetch[str]:
    """The materials of each product, each with its words, in one query."""
    parts = apps.get_model("catalogue", "ProductMaterial")._default_manager.all()  # noqa: SLF001  Django's documented name
    return Prefetch("composition", queryset=parts.select_related("material"))


def _batikmark_colours() -> models.QuerySet[Any, Any]:
    """Colours of the techniques of the product that the outermost query looks at."""
    techniques = apps.get_model("catalogue", "Technique")._default_manager.all()  # noqa: SLF001  Django's documented name
    return (
        techniques.filter(products=OuterRef(OuterRef("pk")))
        .exclude(batikmark_colour="")
        .values("batikmark_colour")
    )


class ReportQuerySet(models.QuerySet["ListingReport"]):
    def open(self) -> Self:
        """Reports that no curator has answered yet."""
        return self.filter(handled_at=None)


class PublishedQuerySet(models.QuerySet["Collection | Story"]):
    def published(self) -> Self:
        return self.filter(published_at__lte=timezone.now())


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


def with_work_counts(artisans: ArtisanQuerySet) -> ArtisanQuerySet:
    """Add `product_count`, the published works of each; those with most come first."""
    published = Q(products__status="published", products__published_at__lte=timezone.now())
    return artisans.annotate(
        product_count=Count("products", filter=published, distinct=True)
    ).order_by("-product_count", "name")
