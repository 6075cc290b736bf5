"""Numbers for people: of orders, with gaps, and of invoices, without."""

from django.db import connection
from django.utils import timezone

from orders.models import Order

DRAW = """
    INSERT INTO orders_invoicecounter AS counter (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""


def next_key() -> int:
    """Take the next key of an order from its sequence; a failed order leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('orders_order', 'id'))")
        return int(cursor.fetchone()[0])


def order_number(key: int) -> str:
    """Write a key as the order's number: KL, year and month, and the key."""
    return f"KL-{timezone.localdate():%y%m}-{key:05}"


def draw_invoice(order: Order) -> None:
    """Give the order its invoice number: the next of the year, no gaps.

    The counter's row stays locked until the transaction ends, so this is the
    last lock that a payment takes; undone with it, the number is free again.
    The caller saves both columns.
    """
    if order.invoice_number is not None:
        return
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [year])
        order.invoice_year, order.invoice_number = year, int(cursor.fetchone()[0])
