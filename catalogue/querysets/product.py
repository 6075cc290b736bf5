"""Questions about works and what is bought of them."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from artisans.models import Certificate

if TYPE_CHECKING:
    from catalogue.models import Collection, Product, Variant  # noqa: F401  named in strings

COVER_COLUMNS = (
    "id",
    "picture",
    "picture_width",
    "picture_height",
    "picture_widths",
    "picture_alt",
    "picture_alt_en",
)
CARD_COLUMNS = (
    "name",
    "name_en",
    "slug",
    "category",
    "price_min",
    "price_max",
    "artisan__name",
    "artisan__district__name",
)
WEIGHTS = [0.05, 0.3, 0.5, 1.0]  # description; maker and place; craft words; name


class VariantQuerySet(models.QuerySet["Variant"]):
    def offered(self) -> Self:
        return self.filter(is_active=True)

    def for_sale(self) -> Self:
        """Variants that a visitor sees for sale, with all that price and bounds are read from."""
        return (
            self.offered()
            .filter(product__status="published", product__artisan__status="published")
            .select_related("product__artisan__district")
            .prefetch_related("tiers")
        )

    def buyable(self) -> Self:
        """Variants of which at least one piece can be promised now."""
        return self.offered().filter(Q(supply="made_to_order") | Q(on_hand__gt=F("reserved")))


class ProductQuerySet(models.QuerySet["Product"]):
    def published(self) -> Self:
        """Works that a visitor may see: their workshop must be published too.

        No clock is asked, so a list changes only when a row does (catalogue/version.py).
        """
        return self.filter(status="published", artisan__status="published")

    def labelled(self, path: str, pks: list[int]) -> Self:
        """Works that reach at least one of the rows by the path, each once."""
        if not pks:
            return self
        reached = self.model.objects.filter(**{f"{path}__in": pks})
        return self.filter(pk__in=reached.values("pk"))

    def matching(self, tsquery: str) -> Self:
        """Works whose document fits the query, written for to_tsquery."""
        return self.filter(document__vector=_asked(tsquery))

    def best_matching(self, tsquery: str) -> Self:
        """Works whose document fits the query, the best first; among equals the newest."""
        rank = SearchRank(F("document__vector"), _asked(tsquery), weights=WEIGHTS)
        return (
            self.matching(tsquery)
            .annotate(rank=rank)
            .order_by(F("rank").desc(), F("published_at").desc(), F("pk").desc())
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

    def in_order(self, pks: Sequence[int]) -> "list[Product]":
        """Load these works, in the order of their keys."""
        found = self.in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]

    def in_order_of(self, collection: "Collection") -> Self:
        """The works of a collection, as its editor arranged them."""
        return self.filter(collection_items__collection=collection).order_by(
            "collection_items__position", "collection_items__pk"
        )

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

    def with_offer(self) -> Self:
        """Add `supplies` (of what is offered), `is_sold_out` and `is_sold`, as the model says them."""
        offered = rows("Variant").filter(product=OuterRef("pk"), is_active=True)
        buyable = offered.filter(Q(supply="made_to_order") | Q(on_hand__gt=F("reserved")))
        return self.annotate(
            supplies=ArraySubquery(offered.order_by("supply").values("supply").distinct()),
            is_sold_out=~Exists(buyable),
            is_sold=Exists(offered) & ~Exists(offered.exclude(supply="one_of_a_kind", on_hand=0)),
        )

    def with_cover(self) -> Self:
        """Add `cover_row`, the columns of the first photo."""
        photos = rows("Photo").filter(product=OuterRef("pk")).order_by("position", "pk")
        return self.annotate(cover_row=Subquery(photos.values(row=cover_columns())[:1]))

    def for_cards(self) -> Self:
        """Load what components/product_card.html reads, in one query."""
        return (
            self.select_related("artisan__district")
            .only(*CARD_COLUMNS)
            .with_batikmark()
            .with_offer()
            .with_cover()
        )

    def for_page(self) -> Self:
        """Load what the product page reads, but what is left of it (`offer.variants`)."""
        return (
            self.select_related("artisan__district", "category__parent")
            .with_batikmark()
            .with_offer()
            .prefetch_related("photos", "techniques", "motifs", _composition())
        )


def _asked(tsquery: str) -> SearchQuery:
    return SearchQuery(tsquery, config="simple", search_type="raw")


def cover_columns() -> JSONObject:
    """What a picture needs of its photo, as one value."""
    return JSONObject(**{column: column for column in COVER_COLUMNS})


def rows(model: str) -> models.QuerySet[Any]:
    """All rows of a model that stands above this module."""
    rows: models.QuerySet[Any] = apps.get_model("catalogue", model)._default_manager.all()  # noqa: SLF001  Django's documented name
    return rows


def _composition() -> Prefetch[str]:
    """The materials of each product, each with its words, in one query."""
    parts = apps.get_model("catalogue", "ProductMaterial")._default_manager.all()  # noqa: SLF001  Django's documented name
    return Prefetch("composition", queryset=parts.select_related("material"))


def _batikmark_colours() -> models.QuerySet[Any, Any]:
    """Colours of the techniques of the product that the outermost query looks at."""
    return (
        rows("Technique")
        .filter(products=OuterRef(OuterRef("pk")))
        .exclude(batikmark_colour="")
        .values("batikmark_colour")
    )
