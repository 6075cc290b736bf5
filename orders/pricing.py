"""What so many pieces of a variant cost, and how many one order may hold.

Everything here is worked out from rows that are already loaded; no query is made.
"""

from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue.models import Variant

PERMILLE = 1_000


def unit_price(variant: Variant, quantity: int) -> int:
    """Return the rupiah for one piece when so many are bought at once; prefetch `tiers`.

    A buyer of many never pays more for one than a buyer of one does.
    """
    reached = [tier.price for tier in variant.tiers.all() if tier.min_quantity <= quantity]
    return min([variant.price, *reached])


def vat(artisan: Artisan, amount: int, permille: int) -> int:
    """Return the value added tax in rupiah, rounded down; none of who is not registered."""
    return amount * permille // PERMILLE if artisan.is_vat_registered else 0


def bounds(variant: Variant) -> tuple[int, int]:
    """Return the fewest and the most pieces that one order may hold now.

    The most is below the fewest where nothing can be ordered.
    """
    return variant.product.min_order, variant.most_order


def refusal(variant: Variant, quantity: int) -> str:
    """Say in the reader's language why so many cannot be ordered now; "" if they can."""
    least, most = bounds(variant)
    if not variant.is_offered:
        return _("No longer offered.")
    if variant.is_sold:
        return _("Sold. There was only this one.")
    if most < least:
        return _("Sold out.")
    if quantity < least:
        return _("Sold from %(count)s pieces an order.") % {"count": least}
    if quantity > most:
        return _too_many(variant, most)
    return ""


def _too_many(variant: Variant, most: int) -> str:
    is_to_order = variant.supply == Variant.Supply.MADE_TO_ORDER
    if most == variant.available and not is_to_order:
        return _("Only %(count)s left.") % {"count": most}
    return _("At most %(count)s an order.") % {"count": most}
