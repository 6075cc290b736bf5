"""Questions about an order's money, answered from the rows that `for_page()` loaded."""

from orders.models import Order, Payment

SHOWN = Payment.OPEN | {Payment.Status.PAID}  # in these the buyer pays or paid the unique code


def last(order: Order) -> Payment | None:
    return max(order.payments.all(), key=lambda payment: payment.attempt, default=None)


def unique_code(order: Order) -> int:
    """Rupiah on top of the total by which the council tells this payment; 0 without any."""
    payment = last(order)
    return payment.unique_code if payment is not None and payment.status in SHOWN else 0


def total(order: Order) -> int:
    """What the buyer pays in all, in rupiah: the order's total and the unique code."""
    return order.total + unique_code(order)


def refunded(order: Order) -> int:
    """Rupiah that go back or went back, over all attempts."""
    return sum(
        refund.amount for payment in order.payments.all() for refund in payment.refunds.all()
    )
