"""Acts on a listing: its prices, its publication."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import truth
from catalogue.models import Product, Variant
from catalogue.search import index
from lumajang_crafts.lib import jobs

LAST = -10_000  # job priority: shared pictures after all photos


def refresh(product: Product) -> None:
    """Bring what lists, the search and shared links hold of the product up to date with its rows."""
    save_prices(product)
    index.update([product.pk])
    jobs.defer("make_share_image", priority=LAST, product_id=product.pk)


def save_prices(product: Product) -> None:
    """Mirror the lowest and highest offered price into the product's row."""
    prices = product.variants.offered().aggregate(low=Min("price"), high=Max("price"))
    product.price_min, product.price_max = prices["low"], prices["high"]
    product.save(update_fields=["price_min", "price_max"])


def save_all_prices(product_ids: Collection[int]) -> None:
    """Do the same for many products in one statement."""
    prices = Variant.objects.offered().filter(product=OuterRef("pk")).order_by().values("product")
    Product.objects.filter(pk__in=product_ids).update(
        price_min=Subquery(prices.annotate(low=Min("price")).values("low")),
        price_max=Subquery(prices.annotate(high=Max("price")).values("high")),
    )


@transaction.atomic
def publish(product_id: int) -> Product:
    """Show the work to everyone, from now on; safe to repeat.

    A day in the future does not hide a published work: lists ask no clock.
    Raises ValidationError that names everything still missing.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    if product.status == Product.Status.PUBLISHED:
        return product
    refresh(product)
    lacking = missing(product)
    if lacking:
        raise ValidationError(lacking)
    names = {"name": product.name, "name_en": product.name_en}
    truth.check_batik(names, product.category, product.techniques.all())
    product.move_to(Product.Status.PUBLISHED)
    product.published_at = min(product.published_at or timezone.now(), timezone.now())
    product.save(update_fields=["status", "published_at"])
    return product


@transaction.atomic
def withdraw(product_id: int) -> Product:
    """Take the work off the public pages; its history stays.

    Its shared picture goes, for it tells name and price. Its photos keep their
    random addresses, which no page names any more.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    product.move_to(Product.Status.ARCHIVED)
    product.drop_share_picture()
    product.save(update_fields=["status", "share_picture", "share_digest"])
    return product


def missing(product: Product) -> list[ValidationError]:
    """Name everything that a visitor would miss."""
    wants = [
        (product.price_min is None, _("Add at least one offered variant with a price.")),
        (not product.photos.exists(), _("Add at least one photo.")),
        (not product.techniques.exists(), _("Say how it is made: choose a technique.")),
        (not product.composition.exists(), _("Say what it is made of: add a material.")),
    ]
    return [ValidationError(message) for is_missing, message in wants if is_missing]
