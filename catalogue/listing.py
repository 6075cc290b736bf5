"""Acts on a listing: its prices, its publication."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import truth
from catalogue.models import Product
from lumajang_crafts.lib import jobs

LAST = -10_000  # job priority


def save_prices(product: Product) -> None:
    """Mirror the lowest and highest offered price into the product's row."""
    prices = product.variants.offered().aggregate(low=Min("price"), high=Max("price"))
    product.price_min, product.price_max = prices["low"], prices["high"]
    product.save(update_fields=["price_min", "price_max"])


@transaction.atomic
def publish(product_id: int) -> Product:
    """Show the work to everyone; safe to repeat.

    Raises ValidationError that names everything still missing.
    """
    product = Product.objects.select_for_update().get(pk=product_id)
    if product.status == Product.Status.PUBLISHED:
        return product
    save_prices(product)
    missing = _missing(product)
    if missing:
        raise ValidationError(missing)
    names = {"name": product.name, "name_en": product.name_en}
    truth.check_batik(names, product.category, product.techniques.all())
    product.move_to(Product.Status.PUBLISHED)
    product.published_at = product.published_at or timezone.now()
    product.save(update_fields=["status", "published_at"])
    refresh_share_image(product)
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


def refresh_share_image(product: Product) -> None:
    """Have the shared picture drawn anew, after all photos, if what it shows has changed."""
    jobs.defer("make_share_image", priority=LAST, product_id=product.pk)


def _missing(product: Product) -> list[ValidationError]:
    wants = [
        (product.price_min is None, _("Add at least one offered variant with a price.")),
        (not product.photos.exists(), _("Add at least one photo.")),
        (not product.techniques.exists(), _("Say how it is made: choose a technique.")),
        (not product.composition.exists(), _("Say what it is made of: add a material.")),
    ]
    return [ValidationError(message) for is_missing, message in wants if is_missing]
