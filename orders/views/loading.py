"""Which order an address opens."""

from django.http import Http404

from orders import links
from orders.models import Order


def order_by_link(number: str, token: str) -> Order:
    """Raise the same 404 for an unknown number and a wrong token, after the same work."""
    order = Order.objects.filter(number=number).first()
    if not links.is_valid(order or Order(), token) or order is None:
        raise Http404
    return order
