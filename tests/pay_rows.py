"""Where money may go, and an attempt that is open."""

import pytest
from django.db import transaction

from orders import paying
from orders.models import Order, Payment
from tests.money_rows import account, qris_code

TRANSFER, QRIS, MIDTRANS = Payment.Method


@pytest.fixture
def places():
    account()
    qris_code()


def opened(order: Order, method) -> Payment:
    with transaction.atomic():
        return paying.open_attempt(Order.objects.locked().get(pk=order.pk), method)
