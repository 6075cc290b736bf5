"""Letters to buyers."""

from lumajang_crafts.lib import jobs
from orders.models import Order, OrderEvent, OrderMessage


def queue(order: Order, kind: OrderMessage.Kind, event: OrderEvent | None = None) -> None:
    """Write down a letter and defer its sending, in the caller's transaction."""
    if not order.email:
        return
    key = f"{order.pk}-{kind}-{event.sequence if event else 0}"
    message, is_new = OrderMessage.objects.get_or_create(
        key=key, defaults={"order": order, "kind": kind}
    )
    if is_new:
        jobs.defer("send_order_message", message_id=message.pk)
