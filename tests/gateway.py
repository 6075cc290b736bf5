"""The stand-in on a free port, the client that pays there, and one attempt to pay."""

from collections.abc import Iterator
from contextlib import contextmanager

from orders.payments.base import Charge, Item
from orders.payments.drivers import STANDIN_KEY
from orders.payments.midtrans import Midtrans
from orders.standin.gateway import StandIn
from orders.standin.ledger import MERCHANT
from orders.standin.serving import served

REFERENCE = "KL-2611-00482-1"


@contextmanager
def standin() -> Iterator[StandIn]:
    with served(StandIn()) as serving:
        yield serving


def client_of(serving: StandIn, **changes: str) -> Midtrans:
    address = serving.address
    options = {"api_url": address, "snap_url": address, "merchant_id": MERCHANT, **changes}
    return Midtrans(options.pop("key", STANDIN_KEY), **options)


def charge(**changes: object) -> Charge:
    fields = {
        "reference": REFERENCE,
        "amount": 159_000,
        "items": (Item("Batik tulis pisang agung", 150_000), Item("Ongkos kirim", 9_000)),
        "name": "Sari Wulandari",
        "email": "sari@example.com",
        "phone": "+6281200000001",
        "language": "id",
        "return_url": "http://localhost:8000/pesanan/KL-2611-00482/",
        "notify_url": "http://127.0.0.1:9/webhooks/midtrans/",
        "minutes": 60,
        **changes,
    }
    return Charge(**fields)
