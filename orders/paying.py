"""Ways to pay an order: opening an attempt, changing the way, going to the gateway."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lumajang_crafts.lib.money import rupiah
from orders import charging, polling
from orders.models import BankAccount, Order, Payment, QrisCode, SalesPolicy
from orders.payments import drivers
from orders.payments.base import GatewayAway, GatewayRefused
from orders.querysets import BY_HAND

CODES = range(1, 1000)  # rupiah
TRIES = 5  # another buyer may take the same code in the same moment
AMOUNT_UNIQUE = "orders_payment_amount_unique"

Method = Payment.Method


class MethodRefused(Exception):
    """The order cannot be paid that way; the message is a translated sentence for the buyer."""


class NoCodeFree(MethodRefused):
    """All 999 codes on top of this total are taken by open payments."""


def offered(total: int) -> tuple[Method, ...]:
    """The ways in which so many rupiah can be paid now, the council's own order kept."""
    return tuple(Method(name) for name in drivers.methods() if _obstacle(Method(name), total) == "")


def deadline(order: Order, method: Method, now: datetime.datetime) -> datetime.datetime:
    """Until when to pay: the method's time, but never past the longest from placing.

    However often a buyer changes the way, the works are held no longer.
    """
    policy = SalesPolicy.objects.current()
    longest = max(policy.transfer_minutes, policy.gateway_minutes)
    end = order.placed_at + datetime.timedelta(minutes=longest)
    minutes = policy.transfer_minutes if method in BY_HAND else policy.gateway_minutes
    return min(now + datetime.timedelta(minutes=minutes), max(end, order.expires_at))


@transaction.atomic
def open_attempt(order: Order, method: Method) -> Payment:
    """Open the next attempt, to be paid before the order's deadline.

    The caller holds the order's lock. Raises MethodRefused, and NoCodeFree when
    no amount is left by which to tell it from others.
    """
    obstacle = _obstacle(method, order.total)
    if obstacle:
        raise MethodRefused(obstacle)
    last = order.payments.aggregate(n=Max("attempt"))["n"] or 0
    payment = Payment(
        order=order,
        attempt=last + 1,
        method=method,
        reference=f"{order.number}-{last + 1}",
        amount=order.total,
        status=Payment.Status.PENDING if method in BY_HAND else Payment.Status.NEW,
        expires_at=order.expires_at,
    )
    if method in BY_HAND:
        return _with_code(payment)
    payment.save()
    return payment


def switch(order_id: int, method: Method) -> Payment:
    """Let the buyer pay in another way; return the attempt that is open then.

    The same way again changes nothing. An attempt at the gateway is ended there
    first; if it turns out paid, it is returned and nothing else opened. Outside a
    transaction. Raises MethodRefused.
    """
    current = Payment.objects.open().filter(order=order_id).first()
    if current is not None and current.method == method:
        return current
    if current is not None and current.address:
        _end_there(current)
    return _reopen(order_id, method)


def start(payment_id: int) -> str:
    """Open the attempt at the gateway unless it is; return the address to pay at.

    Outside a transaction: it goes over the network. Raises GatewayAway, and
    MethodRefused when there is nothing to pay; the order stays as it is.
    """
    payment = _payable(payment_id)
    try:
        return charging.start(payment)
    except GatewayRefused:
        # Its reference is used: an earlier answer was lost, and this id with it.
        payment = _replace(payment_id)
    try:
        return charging.start(payment)
    except GatewayRefused as error:
        raise GatewayAway(str(error)) from error


def _payable(payment_id: int) -> Payment:
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    is_due = payment.order.is_unpaid and payment.expires_at > timezone.now()
    if not (is_due and payment.is_open and payment.method == Method.MIDTRANS):
        raise MethodRefused(_("There is nothing to pay any more."))
    return payment


def _obstacle(method: Method, total: int) -> str:
    """Why so many rupiah cannot be paid that way, translated; empty if they can."""
    if method not in drivers.methods() or not _is_ready(method):
        return _("This way of paying is not offered at the moment.")
    limit = SalesPolicy.objects.current().qris_limit
    if method == Method.QRIS and total + CODES.stop - 1 > limit:
        return _("By QRIS at most %(limit)s can be paid.") % {"limit": rupiah(limit)}
    return ""


def _is_ready(method: Method) -> bool:
    """Tell whether the council has approved where that money goes."""
    if method == Method.TRANSFER:
        return BankAccount.objects.live().exists()
    return method != Method.QRIS or QrisCode.objects.live().exists()


def _with_code(payment: Payment) -> Payment:
    """Save it with a code that makes its amount unlike that of any other open payment."""
    total = payment.amount
    for _try in range(TRIES):
        taken = Payment.objects.open().by_hand().filter(amount__gt=total)
        amounts = set(taken.values_list("amount", flat=True))
        free = [code for code in CODES if total + code not in amounts]
        if not free:
            break
        payment.unique_code = secrets.choice(free)
        payment.amount = total + payment.unique_code
        try:
            with transaction.atomic():
                payment.save()
        except IntegrityError as error:
            if AMOUNT_UNIQUE not in str(error):
                raise
        else:
            return payment
    raise NoCodeFree(_("Too many orders of this sum are being paid. Choose another way to pay."))


def _end_there(payment: Payment) -> None:
    """Without an answer the buyer may go on all the same: money that comes twice goes back."""
    try:
        polling.end(payment.pk)
    except GatewayAway:
        return


@transaction.atomic
def _reopen(order_id: int, method: Method) -> Payment:
    """Close what is open and open the new way, under the order's lock."""
    order = Order.objects.locked().get(pk=order_id)
    current = order.payments.select_for_update().open().first()
    paid = order.payments.with_money().first()
    if paid is not None:
        return paid
    _check_may_switch(order, current)
    if current is not None and current.method == method:
        return current
    if current is not None:
        current.move_to(Payment.Status.CANCELLED)
        current.save(update_fields=["status"])
    order.expires_at = deadline(order, method, timezone.now())
    order.save(update_fields=["expires_at"])
    return open_attempt(order, method)


def _check_may_switch(order: Order, current: Payment | None) -> None:
    if order.status == Order.Status.AWAITING_VERIFICATION:
        raise MethodRefused(_("Your proof is being checked. Please wait for the answer."))
    if current is not None and current.status == Payment.Status.HELD:
        raise MethodRefused(_("Your payment is being reviewed. Please wait for the answer."))
    if order.status != Order.Status.PENDING or order.expires_at <= timezone.now():
        raise MethodRefused(_("The time to pay this order has run out."))


@transaction.atomic
def _replace(payment_id: int) -> Payment:
    """Give up an attempt that never got its address, and open the next."""
    order_id = Payment.objects.values_list("order", flat=True).get(pk=payment_id)
    order = Order.objects.locked().get(pk=order_id)
    payment = order.payments.select_for_update().get(pk=payment_id)
    if payment.address or not payment.is_open:
        return payment  # another request was faster
    payment.move_to(Payment.Status.CANCELLED)
    payment.save(update_fields=["status"])
    return open_attempt(order, Method.MIDTRANS)
