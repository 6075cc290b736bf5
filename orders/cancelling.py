"""A buyer who no longer wants an order that is not paid."""

from contextlib import suppress

from accounts.models import User
from orders import polling, releasing, settlement
from orders.models import Order, OrderEvent, Payment
from orders.payments.base import PaymentError


def cancel(
    order_id: int, *, source: OrderEvent.Source, actor: User | None = None, note: str = ""
) -> Order:
    """Cancel an unpaid order, after its attempt at the gateway was ended there.

    Outside a transaction. Where the gateway says that it is paid, the order is
    paid and IllegalTransition raised; without an answer it is cancelled all the
    same, and money that still comes goes back.
    """
    for payment in Payment.objects.begun().filter(order=order_id):
        with suppress(PaymentError, settlement.AmountDiffers):
            polling.end(payment.pk)
    return releasing.cancel(order_id, source=source, actor=actor, note=note)
