"""A notice as the gateway sends it, and how its attempt stands afterwards."""

import json

import pytest

from orders import paying
from orders.models import Payment
from orders.payments.drivers import STANDIN_KEY
from orders.payments.midtrans import signature
from tests.money_rows import awaiting

URL = "/webhooks/midtrans/"


@pytest.fixture
def payment(bank) -> Payment:
    payment = awaiting("midtrans")
    paying.start(payment.pk)
    return payment


def tell(client, body: bytes, url: str = URL) -> int:
    return client.post(url, body, content_type="application/json").status_code


def signed(fields: dict[str, object]) -> bytes:
    return json.dumps({**fields, "signature_key": signature(fields, STANDIN_KEY)}).encode()


def state(payment: Payment) -> tuple[str, str, int]:
    payment = Payment.objects.select_related("order").get(pk=payment.pk)
    return payment.status, payment.order.status, payment.received
