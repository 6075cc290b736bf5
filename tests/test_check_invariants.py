"""Every question of check_invariants finds the fault that it is for."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue import stock
from catalogue.models import StockMovement, Variant
from orders import invariants, releasing, settlement
from orders.models import (
    InvoiceCounter,
    Order,
    OrderEvent,
    OrderLine,
    OrderMessage,
    Payment,
    PaymentEvent,
    Refund,
    SubOrder,
)
from orders.payments.base import State
from tests.factories import ProductFactory
from tests.reports import report
from tests.selling import paid_orders, unpaid_orders

pytestmark = pytest.mark.django_db
ago = datetime.timedelta(hours=1)


@pytest.fixture
def variant():
    variant = ProductFactory(variant__on_hand=0).variants.get()
    stock.move(variant.pk, 10, "received")
    variant.refresh_from_db()
    return variant


@pytest.fixture
def unpaid(variant):
    return unpaid_orders(variant, 1)[0]


@pytest.fixture
def paid(unpaid):
    payment = unpaid.payments.get()
    settlement.apply(payment.pk, report(payment, State.PAID), PaymentEvent.Source.NOTICE)
    return Order.objects.get(pk=unpaid.pk)


def rules(**options):
    return {fault.invariant.rule for fault in invariants.faults(**options)}


def test_a_shop_in_order_has_no_fault(variant, paid):
    (late,) = unpaid_orders(variant, 1, expires_in=-1)
    releasing.expire(late.pk)
    unpaid_orders(variant, 1)

    assert rules() == set()


def add_movement(order):
    variant = order.suborders.get().lines.get().variant
    StockMovement.objects.create(variant=variant, reason="sold", quantity=-1, note=order.number)
    Variant.objects.filter(pk=variant.pk).update(on_hand=variant.on_hand - 1)


def lose_piece(order):
    line = OrderLine.objects.get(suborder__order=order)
    Variant.objects.filter(pk=line.variant_id).update(on_hand=5)


def leak_hold(order):
    line = OrderLine.objects.get(suborder__order=order)
    Variant.objects.filter(pk=line.variant_id).update(reserved=5)


def sell_the_only_one_twice(order):
    line = OrderLine.objects.get(suborder__order=order)
    OrderLine.objects.filter(pk=line.pk).update(supply="one_of_a_kind")
    (other,) = unpaid_orders(line.variant, 1)
    OrderLine.objects.filter(suborder__order=other).update(supply="one_of_a_kind")


def jump(order):
    order.record("pending", "refunded", source=OrderEvent.Source.STAFF)


def part_jumps(order):
    order.record("waiting", "sent", source="clock", suborder=order.suborders.get())


def break_history(order):
    OrderEvent.objects.filter(order=order, sequence=2).update(sequence=7)


def set_status_by_hand(order):
    Order.objects.filter(pk=order.pk).update(status="cancelled", released_at=timezone.now())


def set_part_by_hand(order):
    SubOrder.objects.filter(order=order).update(status="cancelled")


def nobody_did_it(order):
    order.record("pending", "cancelled", source=OrderEvent.Source.STAFF)


def forget_the_money(order):
    payment = order.payments.get()
    Payment.objects.filter(pk=payment.pk).update(status="paid", received=payment.amount)


def lose_the_money(order):
    order.payments.update(status="reversed")


def change_a_sum(order):
    SubOrder.objects.filter(order=order).update(tax=500, total=order.total + 500)


def change_a_line(order):
    lines = OrderLine.objects.filter(suborder__order=order)
    lines.update(unit_price=1, total=1)


def ask_for_more(order):
    order.payments.update(amount=order.total + 1)


def give_back_twice(order):
    payment = order.payments.get()
    for key in "ab":
        Refund.objects.create(payment=payment, key=key, amount=payment.received, reason="x")


def keep_the_excess(order):
    order.payments.update(received=order.total + 1)


def hear_nothing(order):
    PaymentEvent.objects.filter(payment__order=order).delete()


def lose_the_parts(order):
    OrderLine.objects.filter(suborder__order=order).delete()


def skip_an_invoice(order):
    InvoiceCounter.objects.update(last=5)


@pytest.mark.parametrize(
    ("break_it", "rule"),
    [
        (lose_piece, "the ledger of stock sums to the counter"),
        (leak_hold, "what is reserved is what unpaid orders hold"),
        (sell_the_only_one_twice, "a one-of-a-kind work is in one order at most"),
        (jump, "an order takes only the steps that its graph has"),
        (part_jumps, "a part takes only the steps that its graph has"),
        (break_history, "history has no gaps and no breaks"),
        (set_status_by_hand, "the last step of an order tells its status, and its parts’ theirs"),
        (set_part_by_hand, "the last step of an order tells its status, and its parts’ theirs"),
        (nobody_did_it, "what staff did names who did it"),
        (
            forget_the_money,
            "money for an expired or cancelled order is never lost: it waits to go back",
        ),
        (change_a_sum, "a part is the sum of its lines, and an order of its parts"),
        (change_a_line, "a part is the sum of its lines, and an order of its parts"),
        (ask_for_more, "what is asked for is the order's total and the unique code"),
        (lose_the_parts, "no half orders: each has parts, lines and a way to pay"),
    ],
)
def test_a_fault_of_an_unpaid_order_is_found(unpaid, break_it, rule):
    break_it(unpaid)

    assert rule in rules(at_rest=True)


@pytest.mark.parametrize(
    ("break_it", "rule"),
    [
        (
            add_movement,
            "what was sold left the shelf, once, and nothing else did under an order's number",
        ),
        (lose_the_money, "a paid order has its money"),
        (give_back_twice, "no more goes back than came"),
        (keep_the_excess, "another amount pays nothing; what came in excess is on its way back"),
        (hear_nothing, "money that came was heard of, once"),
        (skip_an_invoice, "invoice numbers of a year have no gaps"),
    ],
)
def test_a_fault_of_a_paid_order_is_found(paid, break_it, rule):
    break_it(paid)

    assert rule in rules(at_rest=True)


def test_what_only_a_worker_keeps_is_left_out_at_rest(unpaid):
    Order.objects.update(expires_at=timezone.now() - ago)
    OrderMessage.objects.create(order=unpaid, kind="placed", key="x")
    OrderMessage.objects.update(created_at=timezone.now() - ago)

    assert rules(at_rest=True) == set()
    assert rules() == {
        "an unpaid order ends in time",
        "no letter waits longer than ten minutes",
    }


@pytest.mark.parametrize(
    "columns", [{"reserved": 11}, {"on_hand": 0, "reserved": 1}, {"reserved": -1}]
)
def test_the_database_itself_refuses_to_promise_more_than_there_is(variant, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(pk=variant.pk).update(**columns)


def test_the_command_names_each_fault_and_fails(unpaid):
    leak_hold(unpaid)
    told = StringIO()

    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_invariants", stderr=told)

    sku = OrderLine.objects.get().sku
    assert told.getvalue() == (
        f"I3, I5, I15, I17: what is reserved is what unpaid orders hold: {sku}\n"
    )


def test_the_command_says_that_all_is_well():
    told = StringIO()

    call_command("check_invariants", stdout=told)

    assert told.getvalue() == f"{len(invariants.ALWAYS)} invariants hold\n"


def test_many_paid_orders_written_in_bulk_are_as_settlement_leaves_them(variant):
    paid_orders(variant, 5)

    assert rules() == set()
