"""What money does to an order. Every act here may be told the same thing any number of times."""

from typing import TypedDict

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue import stock
from orders import letters, numbers
from orders.models import (
    Order,
    OrderEvent,
    OrderMessage,
    Payment,
    PaymentEvent,
    Refund,
    SubOrder,
)
from orders.payments.base import Report, State

log = structlog.get_logger()

MONEY = {State.PAID, State.REFUNDED, State.PARTLY_REFUNDED, State.REVERSED}
ENDED = {State.FAILED, State.CANCELLED}


class By(TypedDict):
    """Who changes an order, as its history tells it: staff are named."""

    source: OrderEvent.Source
    actor: User | None


GATEWAY = By(source=OrderEvent.Source.GATEWAY, actor=None)


class AmountDiffers(Exception):
    """The gateway names another amount than was asked for; nothing was changed."""


@transaction.atomic
def apply(payment_id: int, report: Report, source: PaymentEvent.Source) -> bool:
    """Follow what the gateway itself reports of one attempt; tell whether it was news.

    The event and its effects stand or fall together, and an event is applied
    once. Raises AmountDiffers: another amount never pays an order.
    """
    payment = locked(payment_id)
    if report.amount != payment.amount:
        log.error("payment_amount_differs", payment=payment.reference, amount=report.amount)
        raise AmountDiffers(payment.reference)
    _event, is_new = PaymentEvent.objects.get_or_create(
        payment=payment,
        key=report.dedupe_key,
        defaults={"state": report.state.value, "amount": report.amount, "source": source},
    )
    if is_new:
        _follow(payment, report)
    return is_new


@transaction.atomic
def receive(
    payment_id: int, amount: int, *, actor: User, note: str, takes_excess: bool = False
) -> bool:
    """Record money that staff saw on the account, in rupiah; tell whether it was news.

    Raises AmountDiffers unless it is what was asked for, or more and staff said
    that they saw it: then the difference is to be paid back.
    """
    payment = locked(payment_id)
    if amount < payment.amount or (amount > payment.amount and not takes_excess):
        raise AmountDiffers(payment.reference)
    _event, is_new = PaymentEvent.objects.get_or_create(
        payment=payment,
        key="received",
        defaults={
            "state": State.PAID.value,
            "amount": amount,
            "source": PaymentEvent.Source.STAFF,
            "actor": actor,
            "note": note,
        },
    )
    if is_new and payment.received == 0:
        _note_excess(payment, amount - payment.amount, actor)
        _money_came(payment, amount, by_staff(actor))
    return is_new


def by_staff(actor: User) -> By:
    return By(source=OrderEvent.Source.STAFF, actor=actor)


def locked(payment_id: int) -> Payment:
    """Lock the order first, then its payment: the order of locks everywhere."""
    order_id = Payment.objects.values_list("order", flat=True).get(pk=payment_id)
    order = Order.objects.locked().get(pk=order_id)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    payment.order = order
    return payment


def _follow(payment: Payment, report: Report) -> None:
    if report.transaction_id and not payment.transaction_id:
        payment.transaction_id = report.transaction_id
        payment.save(update_fields=["transaction_id"])
    if report.state in MONEY and payment.received == 0:
        _money_came(payment, payment.amount, GATEWAY)
    elif report.state == State.PAID and payment.status == Payment.Status.REVERSED:
        _money_is_back(payment)
    if report.state in {State.REFUNDED, State.PARTLY_REFUNDED}:
        _money_went_back(payment, report)
    elif report.state == State.REVERSED or (report.state in ENDED and payment.received):
        _money_was_reversed(payment)
    elif report.state != State.PAID:
        _attempt_moved(payment, Payment.Status(report.state.value))


def _attempt_moved(payment: Payment, status: Payment.Status) -> None:
    """Note how an unpaid attempt stands; what comes late or twice changes nothing."""
    if status not in payment.NEXT[payment.status]:
        return
    others = payment.order.payments.open().exclude(pk=payment.pk)
    if status in Payment.OPEN and others.exists():
        return  # the buyer went on in another way; only money would count here
    payment.move_to(status)
    payment.save(update_fields=["status"])


def _note_excess(payment: Payment, excess: int, actor: User) -> None:
    """More came than was asked for: what is above goes back."""
    if excess:
        Refund.objects.get_or_create(
            key=f"{payment.pk}-excess",
            defaults={
                "payment": payment,
                "amount": excess,
                "reason": f"{payment.reference}: +{excess}",
                "requested_by": actor,
            },
        )


def _money_came(payment: Payment, amount: int, by: By) -> None:
    payment.received = amount
    payment.move_to(Payment.Status.PAID)
    payment.save(update_fields=["status", "received"])
    _close_others(payment)
    order = payment.order
    if order.is_unpaid:
        stock.sell(order.pieces(), note=order.number)
        _pay(order, by)
    elif order.status == Order.Status.EXPIRED:
        _pay_late(payment, by)
    elif order.status == Order.Status.ON_HOLD:
        order.move_to(Order.Status.PAID, **by)
    else:
        _give_back(payment, by)


def _close_others(payment: Payment) -> None:
    """Nobody need look for this order's money on the account any more."""
    others = payment.order.payments.open().known_to_us_alone().exclude(pk=payment.pk)
    for other in others:
        other.move_to(Payment.Status.CANCELLED)
        other.save(update_fields=["status"])


def _pay(order: Order, by: By) -> None:
    """Mark an order whose pieces are sold as paid; the invoice's number is the last lock."""
    order.paid_at = order.paid_at or timezone.now()
    for suborder in order.suborders.select_for_update().order_by("pk"):
        suborder.order = order
        suborder.move_to(SubOrder.Status.READY, **by)
    numbers.draw_invoice(order)
    stamps = ("paid_at", "invoice_year", "invoice_number")
    event = order.move_to(Order.Status.PAID, **by, also=stamps)
    letters.queue(order, OrderMessage.Kind.PAID, event)


def _pay_late(payment: Payment, by: By) -> None:
    """Take the goods again if all are still there, else give the money back."""
    order, pieces = payment.order, payment.order.pieces()
    order.paid_at = timezone.now()
    order.move_to(Order.Status.PAID_LATE, **by, also=("paid_at",))
    try:
        stock.reserve(pieces)
    except stock.SoldOut:
        _give_back(payment, by)
        return
    stock.sell(pieces, note=order.number)
    _pay(order, by)


def _give_back(payment: Payment, by: By) -> None:
    """Note that this money must go back: its order cannot be had, or is paid already."""
    order = payment.order
    promised = sum(payment.refunds.values_list("amount", flat=True))
    Refund.objects.get_or_create(
        key=f"{payment.pk}-unwanted",
        defaults={
            "payment": payment,
            "amount": payment.received - promised,
            "reason": f"{order.number}: {order.status}",
        },
    )
    if Order.Status.REFUND_PENDING in order.NEXT[order.status] and order.status != "paid":
        event = order.move_to(Order.Status.REFUND_PENDING, **by)
        letters.queue(order, OrderMessage.Kind.PAID_LATE, event)


def _money_was_reversed(payment: Payment) -> None:
    """The gateway took the money back: nothing may be sent until staff looked."""
    if Payment.Status.REVERSED not in payment.NEXT[payment.status]:
        return
    payment.move_to(Payment.Status.REVERSED)
    payment.save(update_fields=["status"])
    _ask_for_less(payment, 0)
    order = payment.order
    if order.payments.with_money():
        return  # it was paid twice, and this was the second time
    if order.status == Order.Status.PAID:
        order.move_to(Order.Status.ON_HOLD, **GATEWAY)
    elif order.status == Order.Status.REFUND_PENDING:
        close_refunded(order, GATEWAY)


def _money_is_back(payment: Payment) -> None:
    payment.move_to(Payment.Status.PAID)
    payment.save(update_fields=["status"])
    if payment.order.status == Order.Status.ON_HOLD:
        payment.order.move_to(Order.Status.PAID, **GATEWAY)
    else:
        _give_back(payment, GATEWAY)


def _money_went_back(payment: Payment, report: Report) -> None:
    """Note a refund at the gateway, ours or one made at its desk."""
    done = payment.refunds.filter(status=Refund.Status.DONE)
    given = sum(done.values_list("amount", flat=True))
    if report.refunded > given:
        _finish_refund(payment, report, report.refunded - given)
    _ask_for_less(payment, payment.received - max(report.refunded, given))
    target = Payment.Status(report.state.value)
    if target in payment.NEXT[payment.status]:
        payment.move_to(target)
        payment.save(update_fields=["status"])
    close_if_all_is_back(payment, GATEWAY)


def _finish_refund(payment: Payment, report: Report, amount: int) -> None:
    """Mark the refund that was asked for as done, or write down one made elsewhere."""
    refund, _is_new = Refund.objects.get_or_create(
        key=report.refund_key or f"{payment.pk}-{report.refunded}",
        defaults={"payment": payment, "amount": amount, "reason": report.raw_status},
    )
    if refund.status == Refund.Status.REQUESTED:
        refund.done_at = timezone.now()
        refund.finish()
        refund.save(update_fields=["status", "done_at"])


def _ask_for_less(payment: Payment, most: int) -> None:
    """Lower what is still to be given back, oldest request first, to what can be: rupiah."""
    for refund in payment.refunds.filter(status=Refund.Status.REQUESTED).order_by("pk"):
        refund.amount = min(refund.amount, most)
        most -= refund.amount
        if refund.amount:
            refund.save(update_fields=["amount"])
        else:
            refund.delete()


def close_if_all_is_back(payment: Payment, by: By) -> None:
    """End the order of a payment that went back, unless another still holds money."""
    if payment.status == Payment.Status.REFUNDED and not payment.order.payments.with_money():
        close_refunded(payment.order, by)


def close_refunded(order: Order, by: By) -> None:
    """End an order whose money is all back; the caller holds its lock.

    Parts that were not sent are cancelled, and their pieces return to the shelf.
    """
    if order.status in {Order.Status.PAID, Order.Status.ON_HOLD, Order.Status.PAID_LATE}:
        order.move_to(Order.Status.REFUND_PENDING, **by)
    if order.status != Order.Status.REFUND_PENDING:
        return
    ready = order.suborders.select_for_update().filter(status=SubOrder.Status.READY)
    unsent = list(ready.order_by("pk"))
    for suborder in unsent:
        suborder.order = order
        suborder.move_to(SubOrder.Status.CANCELLED, **by)
    if unsent:
        stock.take_back(order.pieces(), note=order.number)
    event = order.move_to(Order.Status.REFUNDED, **by)
    letters.queue(order, OrderMessage.Kind.REFUNDED, event)
