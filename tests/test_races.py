"""Many at once: stock, deadlocks, payment against the clock. Each with a control that must fail."""

import random
import time

import pytest
from django.db import OperationalError

from catalogue import stock
from catalogue.models import Variant
from orders import invariants, releasing, settlement
from orders.models import Order, Payment, PaymentEvent, Refund
from orders.payments.base import Report, State
from tests.factories import ProductFactory
from tests.races import at_once, raised
from tests.scale import rounds
from tests.selling import unpaid_orders

pytestmark = pytest.mark.django_db(transaction=True)


def variant_with(pieces):
    variant = ProductFactory(variant__on_hand=0).variants.get()
    stock.move(variant.pk, pieces, "received")
    variant.refresh_from_db()
    return variant


def faults():
    return list(invariants.faults(at_rest=True))


def paid(order, *, state=State.PAID, transaction="t"):
    payment = order.payments.get()
    raw = {"paid": "settlement"}.get(state.value, state.value)
    return payment.pk, Report(
        reference=payment.reference,
        state=state,
        amount=payment.amount,
        transaction_id=f"{transaction}-{payment.pk}",
        raw_status=raw,
    )


# Stock -------------------------------------------------------------------------------


def promise_one(variant):
    return lambda _number: stock.reserve({variant.pk: 1})


def test_four_hundred_buyers_of_fifty_pieces_get_fifty():
    for _ in range(rounds(1, 20)):
        variant = variant_with(50)

        outcomes = at_once(400, promise_one(variant))

        variant.refresh_from_db()
        assert outcomes.count(None) == 50
        assert len(raised(outcomes, stock.SoldOut)) == 350
        assert variant.reserved == 50


def test_control_without_the_lock_more_are_promised_than_there_are(monkeypatch):
    def unlocked(variants):
        rows = list(Variant.objects.filter(pk__in=variants).order_by("pk"))
        time.sleep(0.002)
        return rows

    monkeypatch.setattr(stock, "lock", unlocked)
    variant = variant_with(50)

    assert at_once(400, promise_one(variant)).count(None) > 50


def opposite_carts(first, second):
    def promise(number):
        keys = [first.pk, second.pk] if number % 2 else [second.pk, first.pk]
        stock.reserve(dict.fromkeys(keys, 1))

    return promise


def test_carts_in_opposite_order_never_deadlock():
    first, second = variant_with(1_000), variant_with(1_000)

    outcomes = at_once(rounds(200, 400), opposite_carts(first, second))

    assert [outcome for outcome in outcomes if outcome is not None] == []
    first.refresh_from_db()
    assert first.reserved == len(outcomes)


def test_control_locks_in_the_order_of_the_cart_deadlock(monkeypatch):
    def as_they_come(variants):
        rows = []
        for pk in variants:
            rows.append(Variant.objects.select_for_update().get(pk=pk))
            time.sleep(0.02)
        return rows

    monkeypatch.setattr(stock, "lock", as_they_come)
    first, second = variant_with(1_000), variant_with(1_000)

    outcomes = at_once(16, opposite_carts(first, second))

    assert raised(outcomes, OperationalError) != []


def test_a_cart_with_one_line_short_promises_nothing():
    plenty, short = variant_with(10), variant_with(1)

    with pytest.raises(stock.SoldOut) as refused:
        stock.reserve({plenty.pk: 2, short.pk: 2})

    assert refused.value.left == {short.pk: 1}
    assert set(Variant.objects.values_list("reserved", flat=True)) == {0}


# Payment against the clock -------------------------------------------------------------


def settle_or_expire(orders):
    """At the same instant half of the calls pay an order, and half expire it."""
    tasks = [(order, "pay") for order in orders] + [(order, "expire") for order in orders]
    tasks.sort(key=lambda task: (task[0].pk, random.random()))

    def act(number):
        order, what = tasks[number]
        if what == "expire":
            return releasing.expire(order.pk)
        return settlement.apply(*paid(order), PaymentEvent.Source.NOTICE)

    return at_once(len(tasks), act, connections=8)


def test_paying_and_expiring_at_the_same_instant_has_one_winner():
    count = rounds(100, 2_000)
    variant = variant_with(count)
    orders = unpaid_orders(variant, count, expires_in=-1)

    outcomes = settle_or_expire(orders)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert faults() == []
    # Each was paid in time, or late with its piece still there; nobody lost money.
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    variant.refresh_from_db()
    assert (variant.on_hand, variant.reserved) == (0, 0)


def test_paid_too_late_for_the_last_piece_goes_back_to_the_buyer():
    variant = variant_with(1)
    (late,) = unpaid_orders(variant, 1, expires_in=-1)
    releasing.expire(late.pk)
    (other,) = unpaid_orders(variant, 1)

    settlement.apply(*paid(late), PaymentEvent.Source.NOTICE)

    late.refresh_from_db()
    assert late.status == "refund_pending"
    assert Refund.objects.get().amount == late.total
    assert Order.objects.get(pk=other.pk).status == "pending"
    assert faults() == []


def test_five_sweepers_release_each_order_once():
    count = rounds(100, 2_000)
    variant = variant_with(count)
    orders = unpaid_orders(variant, count, expires_in=-1)

    outcomes = at_once(5 * count, lambda number: releasing.expire(orders[number % count].pk))

    assert outcomes.count(True) == count
    assert outcomes.count(False) == 4 * count
    variant.refresh_from_db()
    assert variant.reserved == 0
    assert faults() == []


def test_control_a_sweeper_that_does_not_look_again_releases_twice(monkeypatch):
    """The guard is the status under the lock; without it stock comes back again and again."""
    variant = variant_with(50)
    (order,) = unpaid_orders(variant, 1, expires_in=-1)
    pieces = order.pieces()
    unpaid_orders(variant, 10)

    at_once(5, lambda _number: stock.release(pieces))

    variant.refresh_from_db()
    assert variant.reserved < 10
    assert faults() != []


# Notices --------------------------------------------------------------------------------


def test_the_same_notice_eight_times_at_once_pays_once():
    count = rounds(40, 500)
    variant = variant_with(count)
    reports = [paid(order) for order in unpaid_orders(variant, count)]

    outcomes = at_once(
        8 * count,
        lambda number: settlement.apply(*reports[number // 8], PaymentEvent.Source.NOTICE),
    )

    assert outcomes.count(True) == count
    assert outcomes.count(False) == 7 * count
    assert PaymentEvent.objects.count() == count
    assert faults() == []
    numbers = Order.objects.order_by("invoice_number").values_list("invoice_number", flat=True)
    assert list(numbers) == list(range(1, count + 1))


def test_control_without_the_lock_a_notice_is_applied_more_than_once(monkeypatch):
    def unlocked(payment_id):
        payment = Payment.objects.select_related("order").get(pk=payment_id)
        time.sleep(0.005)
        return payment

    monkeypatch.setattr(settlement, "locked", unlocked)
    monkeypatch.setattr(
        PaymentEvent.objects, "get_or_create", lambda **fields: (None, True), raising=False
    )
    variant = variant_with(20)
    reports = [paid(order) for order in unpaid_orders(variant, 20)]

    at_once(
        8 * 20,
        lambda number: settlement.apply(*reports[number // 8], PaymentEvent.Source.NOTICE),
    )

    assert faults() != []
