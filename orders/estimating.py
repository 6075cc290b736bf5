"""What sending one work would cost, before anything is in the cart."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import offer
from catalogue.models import Product, Variant
from orders import delivery
from orders.couriers import packing
from orders.delivery import Option, Place


@dataclass(frozen=True, slots=True)
class Estimate:
    """The couriers that take the smallest order of a work to a place, the cheapest first."""

    options: list[Option]
    ready_on: datetime.date
    refusal: str = ""


def estimate(product: Product, variant: Variant | None, place: Place) -> Estimate:
    """Ask the couriers for one parcel, in four questions whatever it is and wherever it goes."""
    ready_on = offer.ready_on(product, variant) or _some_day(product)
    refusal = "" if place.is_home else delivery.not_abroad([product])
    if refusal:
        return Estimate([], ready_on, refusal)
    price = variant.price if variant else 0
    parcel = packing.together([delivery.piece(product, product.min_order, price)])
    options = delivery.carriers(place).options(parcel, ready_on, insured=False)
    possible = sorted((row for row in options if not row.refusal), key=lambda row: row.price)
    return Estimate(possible, ready_on, "" if possible else _("No courier takes this work there."))


def _some_day(product: Product) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=product.lead_days)
