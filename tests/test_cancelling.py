"""A buyer cancels while an attempt stands open at the gateway."""

import pytest
from django.urls import reverse

from orders import links, paying
from orders.models import Order, Payment
from tests.money_rows import awaiting, stock_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(bank):
    payment = awaiting("midtrans")
    paying.start(payment.pk)
    bank.pend(payment.reference)
    return payment


def cancel(client, payment: Payment) -> str:
    """Press the button; return the order's status then."""
    order = payment.order
    client.post(reverse("order_cancel", args=[order.number, links.token(order)]))
    return Order.objects.get(pk=order.pk).status


def test_the_attempt_is_ended_there_first(client, bank, payment):
    assert cancel(client, payment) == "cancelled"

    assert bank.ledger.get(payment.reference).stage == "expire"
    assert {reserved for _on_hand, reserved in stock_of(payment.order)} == {0}


def test_what_was_paid_meanwhile_stays_paid_and_is_not_cancelled(client, bank, payment):
    bank.pay(payment.reference)

    assert cancel(client, payment) == "paid"

    payment.refresh_from_db()
    assert (payment.status, payment.received) == ("paid", payment.amount)


def test_a_gateway_that_is_away_keeps_no_buyer_from_cancelling(client, bank, payment):
    bank.weather.is_away = True

    assert cancel(client, payment) == "cancelled"
