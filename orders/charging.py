"""What a gateway is told of an attempt, and the address that it answers with."""

import datetime
import math

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lumajang_crafts.lib.site import absolute
from orders import links
from orders.models import Order, OrderLine, Payment
from orders.payments import drivers
from orders.payments.base import Charge, GatewayAway, Item

MINUTE = datetime.timedelta(minutes=1)


def start(payment: Payment) -> str:
    """Ask the gateway for the address where this attempt is paid, once; keep and return it.

    Outside a transaction. Raises GatewayAway or GatewayRefused.
    """
    if payment.address:
        return payment.address
    gateway = drivers.gateway()
    if gateway is None:
        raise GatewayAway("No gateway is configured.")
    started = gateway.start(_charge(payment))
    Payment.objects.filter(pk=payment.pk, address="").update(address=started.address)
    payment.refresh_from_db(fields=["address"])
    return payment.address


def _charge(payment: Payment) -> Charge:
    order = payment.order
    with translation.override(order.language):
        return Charge(
            reference=payment.reference,
            amount=payment.amount,
            items=_items(order),
            name=order.name,
            email=order.email,
            phone=str(order.phone),
            language=order.language,
            return_url=links.address(order),
            notify_url=absolute(reverse("midtrans_notice")),
            minutes=max(1, math.ceil((payment.expires_at - timezone.now()) / MINUTE)),
        )


def _items(order: Order) -> tuple[Item, ...]:
    """The works, and a line for everything else that the total is made of."""
    lines = OrderLine.objects.filter(suborder__order=order).order_by("suborder", "pk")
    works = [Item(line.tr("name"), line.unit_price, line.quantity) for line in lines]
    extras = [
        Item(_("Shipping"), order.shipping),
        Item(_("Insurance"), order.insurance),
        Item(_("Tax"), order.tax),
        Item(_("Discount"), -order.discount),
    ]
    return (*works, *(item for item in extras if item.price))
