"""Ending the promise of stock: by the clock, or because the buyer no longer wants it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue import stock
from lumajang_crafts.lib.steps import IllegalTransition
from orders import letters
from orders.models import Order, OrderEvent, OrderMessage, Payment, SubOrder


@transaction.atomic
def cancel(
    order_id: int, *, source: OrderEvent.Source, actor: User | None = None, note: str = ""
) -> Order:
    """Cancel an unpaid order and give its stock back.

    Raises IllegalTransition for one that is paid or over.
    """
    order = Order.objects.locked().get(pk=order_id)
    if not order.is_unpaid:
        raise IllegalTransition(f"{order}: {order.status} to cancelled")
    _release(order, Order.Status.CANCELLED, source=source, actor=actor, note=note)
    return order


@transaction.atomic
def expire(order_id: int) -> bool:
    """Expire one order if it is still unpaid and its time has run out; tell whether it was.

    Safe to run by any number of sweepers at once: the row's lock and its status
    decide, so stock comes back exactly once.
    """
    now = timezone.now()
    order = Order.objects.locked().overdue(now).filter(pk=order_id).first()
    if order is None:
        return False
    _release(order, Order.Status.EXPIRED, source=OrderEvent.Source.CLOCK)
    return True


def _release(
    order: Order,
    status: Order.Status,
    *,
    source: OrderEvent.Source,
    actor: User | None = None,
    note: str = "",
) -> None:
    order.released_at = timezone.now()
    event = order.move_to(status, source=source, actor=actor, note=note, also=("released_at",))
    for suborder in order.suborders.select_for_update().order_by("pk"):
        suborder.order = order
        suborder.move_to(SubOrder.Status.CANCELLED, source=source, actor=actor)
    stock.release(order.pieces())
    _close_payments(order, status)
    letters.queue(order, OrderMessage.Kind(status), event)


def _close_payments(order: Order, status: Order.Status) -> None:
    """End attempts that no gateway knows; those that it knows end by what it says."""
    for payment in order.payments.open().known_to_us_alone():
        payment.move_to(Payment.Status(status))
        payment.save(update_fields=["status"])
