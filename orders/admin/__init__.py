"""Orders at the council's desk."""

from orders.admin.courier import CourierServiceAdmin, ZoneAdmin
from orders.admin.order import OrderAdmin

__all__ = ["CourierServiceAdmin", "OrderAdmin", "ZoneAdmin"]
