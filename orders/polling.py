"""Asking the gateway how an attempt stands: the only way in which its word changes an order.

Everything here goes over the network and must run outside a transaction.
"""

from contextlib import suppress

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from lumajang_crafts.lib import ratelimit
from orders import settlement
from orders.models import Order, Payment, PaymentEvent
from orders.payments import drivers
from orders.payments.base import (
    CannotModify,
    Gateway,
    GatewayAway,
    NotStarted,
    PaymentError,
)
from orders.querysets import GRACE

log = structlog.get_logger()

PAUSE = 10  # seconds between two askings for one waiting buyer
MOST_SILENCES = 3  # in a row; then the gateway is away and the next round asks again
Source = PaymentEvent.Source


def poll(payment_id: int, source: Source = Source.POLL) -> None:
    """Ask once and follow the answer. That nothing has begun there is no failure.

    Raises GatewayAway, GatewayRefused or settlement.AmountDiffers.
    """
    payment = Payment.objects.get(pk=payment_id)
    gateway = _gateway()
    try:
        report = gateway.fetch_status(payment.reference)
    except NotStarted:
        _mark_asked(payment_id)
        _lapse(payment_id)
        return
    settlement.apply(payment_id, report, source)
    _mark_asked(payment_id)


def poll_open() -> int:
    """Ask about every attempt that may have news; return how many answers came.

    In any order, so that one which cannot be asked about never starves others.
    """
    answers = silences = 0
    waiting = Payment.objects.to_ask(timezone.now()).order_by("?")
    for payment_id in waiting.values_list("pk", flat=True):
        try:
            poll(payment_id)
        except GatewayAway:
            silences += 1
        except (PaymentError, settlement.AmountDiffers, DatabaseError) as error:
            log.warning("payment_not_asked", payment=payment_id, reason=str(error))
        else:
            answers, silences = answers + 1, 0
        if silences == MOST_SILENCES:
            log.warning("gateway_away")
            break
    return answers


def catch_up(order: Order) -> None:
    """Ask for a buyer who may just have paid; without an answer the page shows what we know.

    However often the page is opened, the gateway is asked at most once in a while.
    """
    for payment in order.payments.open().to_ask(timezone.now()):
        if not ratelimit.is_allowed("catch-up", payment.reference, most=1, seconds=PAUSE):
            continue
        with suppress(PaymentError, settlement.AmountDiffers, DatabaseError):
            poll(payment.pk)


def end(payment_id: int) -> None:
    """End an unpaid attempt at the gateway and follow what it says then: it may be paid.

    Raises GatewayAway, GatewayRefused or settlement.AmountDiffers.
    """
    reference = Payment.objects.values_list("reference", flat=True).get(pk=payment_id)
    with suppress(NotStarted, CannotModify):
        _gateway().expire(reference)
    poll(payment_id)


def _gateway() -> Gateway:
    gateway = drivers.gateway()
    if gateway is None:
        raise GatewayAway("No gateway is configured.")
    return gateway


def _mark_asked(payment_id: int) -> None:
    Payment.objects.filter(pk=payment_id).update(asked_at=timezone.now())


@transaction.atomic
def _lapse(payment_id: int) -> None:
    """Close an attempt that nobody began in its time: a gateway's page ends without a word."""
    payment = settlement.locked(payment_id)
    if payment.is_open and payment.expires_at + GRACE <= timezone.now():
        payment.move_to(Payment.Status.EXPIRED)
        payment.save(update_fields=["status"])
