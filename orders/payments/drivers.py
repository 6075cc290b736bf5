"""Which ways to pay the settings allow, and who stands behind the gateway."""

from django.conf import settings

from orders.payments.base import Gateway
from orders.payments.midtrans import Midtrans

STANDIN_KEY = "SB-stand-in-of-the-demo"  # of no worth: only the stand-in accepts it


def gateway() -> Gateway | None:
    """The gateway that is configured, if any: the stand-in in the demo, else Midtrans."""
    if settings.STANDIN_URL:  # settings refuse it outside the demo
        address = settings.STANDIN_URL
        return Midtrans(STANDIN_KEY, api_url=address, snap_url=address)
    if not settings.MIDTRANS_SERVER_KEY:
        return None
    return Midtrans(
        settings.MIDTRANS_SERVER_KEY,
        api_url=settings.MIDTRANS_API_URL,
        snap_url=settings.MIDTRANS_SNAP_URL,
        merchant_id=settings.MIDTRANS_MERCHANT_ID,
    )


def methods() -> tuple[str, ...]:
    """The ways to pay that may be offered: of "transfer", "qris" and "midtrans"."""
    allowed = tuple(settings.PAYMENT_METHODS)
    if gateway() is None:
        return tuple(name for name in allowed if name != "midtrans")
    return allowed
