"""The buyer's secret link to an order, made when it is shown and kept nowhere."""

import base64
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

from lumajang_crafts.lib.site import absolute
from orders.models import Order
from orders.models.order import new_nonce


def token(order: Order) -> str:
    """Return 256 bits as 43 characters: HMAC-SHA256 of the order's key and nonce.

    It never enters the database, a job's arguments or a log (ASVS 5.0, 14.2.1).
    """
    return _sign(settings.ORDER_LINK_KEYS[0], order)


def is_valid(order: Order, given: str) -> bool:
    """Compare in constant time; links made under an earlier key still open."""
    matches = [
        hmac.compare_digest(_sign(key, order).encode(), given.encode())
        for key in settings.ORDER_LINK_KEYS
    ]
    return any(matches)


def revoke(order: Order) -> None:
    """Make every link that was given out for this order worthless."""
    order.link_nonce = new_nonce()
    order.save(update_fields=["link_nonce"])


def path(order: Order) -> str:
    return reverse("order", args=[order.number, token(order)])


def address(order: Order) -> str:
    """The whole address, for letters and for the gateway's way back."""
    return absolute(path(order))


def _sign(key: str, order: Order) -> str:
    message = f"{order.pk}:{order.link_nonce}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
