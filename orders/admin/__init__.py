"""Orders at the council's desk."""

from orders.admin.order import OrderAdmin

__all__ = ["OrderAdmin"]
