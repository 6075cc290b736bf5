"""What the page of a work says about buying it and about its papers."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from artisans.models import Artisan, Certificate
from catalogue.models import Photo, Product, Technique, Variant


def variants(product: Product) -> list[Variant]:
    """Ask what is offered, how much of it is left and what many cost, at this moment."""
    offered = product.variants.offered().prefetch_related("tiers")
    return list(offered.order_by("position", "pk"))


def chosen_variant(offered: list[Variant], sku: str) -> Variant | None:
    """The variant that the address names, else the first that can be bought, else the first."""
    named = [variant for variant in offered if variant.sku == sku]
    buyable = [variant for variant in offered if variant.is_buyable]
    return next(iter(named or buyable or offered), None)


def photos(product: Product, offered: list[Variant], sku: str) -> list[Photo]:
    """The photos in order; those of the variant that the address names come first."""
    named = {variant.pk for variant in offered if variant.sku == sku}
    return sorted(product.photos.all(), key=lambda photo: photo.variant_id not in named)


def ready_on(product: Product, variant: Variant | None) -> datetime.date | None:
    """The day the work can be sent: lead time, counted from when the workshop is open."""
    if variant is None or not variant.is_buyable:
        return None
    start = timezone.localdate()
    artisan = product.artisan
    if artisan.is_closed_on(start):
        if artisan.closed_until is None:
            return None
        start = artisan.closed_until
    return start + datetime.timedelta(days=product.lead_days)


def batikmark(product: Product) -> Certificate | None:
    """The valid Batikmark whose colour is that of one of the work's techniques."""
    if not product.has_batikmark:  # the row knows already; most works cost no query
        return None
    colours = {technique.batikmark_colour for technique in product.techniques.all()} - {""}
    return (
        Certificate.objects.valid_on(timezone.localdate())
        .filter(artisan=product.artisan, kind=Certificate.Kind.BATIKMARK, colour__in=colours)
        .order_by("-valid_until")
        .first()
    )


def certificates(artisan: Artisan) -> QuerySet[Certificate]:
    return Certificate.objects.valid_on(timezone.localdate()).filter(artisan=artisan)


def techniques(works: QuerySet[Product]) -> QuerySet[Technique]:
    return Technique.objects.filter(products__in=works).distinct()
