"""The clock's part: orders whose time to pay has run out."""

import datetime

import structlog
from django.utils import timezone

from orders import polling, releasing, settlement
from orders.models import Order, Payment
from orders.payments.base import GatewayAway, PaymentError
from orders.querysets import GRACE

log = structlog.get_logger()

NO_ANSWER = (PaymentError, settlement.AmountDiffers)


def expire_overdue() -> int:
    """Expire every overdue order, asking the gateway first; return how many expired.

    Outside a transaction. Any number of sweepers may run at once; what one leaves
    undone the next does.
    """
    now = timezone.now()
    expired = silences = 0
    for order_id in list(Order.objects.overdue(now).order_by("pk").values_list("pk", flat=True)):
        try:
            may_ask = silences < polling.MOST_SILENCES
            expired += _expire(order_id, now, may_ask=may_ask)
        except NO_ANSWER as error:
            silences += isinstance(error, GatewayAway)
            log.warning("order_not_expired", order=order_id, reason=repr(error))
        except Exception:  # one bad order never stops the sweep
            log.exception("order_not_expired", order=order_id)
    return expired


def _expire(order_id: int, now: datetime.datetime, *, may_ask: bool) -> bool:
    """Expire one order unless the gateway says that it is paid; tell whether it expired.

    A gateway that gives no answer to go by is waited for a while. Money that comes
    after that is not lost: it pays the order late, or goes back.
    """
    for payment in Payment.objects.begun().filter(order=order_id):
        is_patient = now < payment.expires_at + GRACE
        try:
            if may_ask:
                polling.end(payment.pk)
            elif is_patient:
                return False
        except NO_ANSWER:
            if is_patient:
                raise
    return releasing.expire(order_id)
