"""Acts that give back what an unpaid order holds."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from catalogue import stock
from orders import letters
from orders.models import Order, OrderLine, OrderMessage, SubOrder

if TYPE_CHECKING:
    from accounts.models import User
    from orders.models import OrderEvent


@transaction.atomic
def cancel(
    order_id: int, *, source: "OrderEvent.Source", actor: "User | None" = None, note: str = ""
) -> Order:
    """Cancel an unpaid order and put its works back; raises IllegalTransition."""
    order = Order.objects.locked().get(pk=order_id)
    event = order.move_to(Order.Status.CANCELLED, source=source, actor=actor, note=note)
    for part in order.suborders.select_for_update().order_by("pk"):
        part.move_to(SubOrder.Status.CANCELLED, source=source, actor=actor)
    lines = OrderLine.objects.filter(suborder__order=order)
    stock.release(dict(lines.values_list("variant", "quantity")))
    order.released_at = timezone.now()
    order.save(update_fields=["released_at"])
    letters.queue(order, OrderMessage.Kind.CANCELLED, event)
    return order
