"""Notices in any order and all at once: the end is what the gateway says."""

import itertools
import threading

import pytest
from django.test import Client

from orders import paying, settlement
from orders.models import PaymentEvent
from orders.payments.base import Report, State
from tests.money_rows import awaiting, stock_of
from tests.notice_rows import payment, state, tell
from tests.races import at_once

__all__ = ["payment"]  # fixtures


pytestmark = pytest.mark.django_db


STAGES = {
    "pending": State.PENDING,
    "capture": State.PAID,
    "settlement": State.PAID,
    "expire": State.EXPIRED,
    "refund": State.REFUNDED,
}


@pytest.mark.parametrize("stages", list(itertools.permutations(STAGES)), ids="-".join)
def test_however_answers_are_shuffled_and_repeated_the_end_is_the_same(stages):
    payment = awaiting("midtrans")
    before = stock_of(payment.order)

    for stage in [*stages, *stages, "pending"]:
        report = Report(
            reference=payment.reference,
            state=STAGES[stage],
            amount=payment.amount,
            transaction_id="t",
            raw_status=stage,
            refunded=payment.amount if stage == "refund" else 0,
            refund_key="k" if stage == "refund" else "",
        )
        settlement.apply(payment.pk, report, PaymentEvent.Source.POLL)

    assert state(payment) == ("refunded", "refunded", payment.amount)
    assert stock_of(payment.order) == [(hand, reserved - 2) for hand, reserved in before]
    assert PaymentEvent.objects.count() == 5
    assert payment.refunds.get().amount == payment.amount


def test_a_notice_that_was_underway_for_hours_takes_nothing_back(client, bank, payment):
    bank.pend(payment.reference)
    old = bank.notice(payment.reference)
    bank.settle(payment.reference)
    tell(client, bank.notice(payment.reference))

    assert tell(client, old) == 200
    bank.weather.fields = {"transaction_status": "pending"}  # an answer of that time, too
    assert tell(client, old) == 200

    assert state(payment) == ("paid", "paid", payment.amount)


@pytest.mark.django_db(transaction=True)
class TestRace:
    def tell_at_once(self, bank, payment, times=8) -> list[int]:
        body = bank.notice(payment.reference)
        return at_once(times, lambda _number: tell(Client(), body))

    def test_eight_at_once_sell_once(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        before = stock_of(payment.order)
        bank.pay(payment.reference)

        codes = self.tell_at_once(bank, payment)

        assert codes == [200] * 8
        assert state(payment) == ("paid", "paid", payment.amount)
        assert stock_of(payment.order) == [(hand - 2, held - 2) for hand, held in before]
        assert PaymentEvent.objects.count() == 1
        assert payment.order.events.filter(after="paid").count() == 1

    def test_without_the_locks_the_same_race_goes_wrong(self, bank, monkeypatch):
        """The negative control: events counted by looking first are counted more than once."""
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pay(payment.reference)
        barrier, seen = threading.Barrier(8), []

        def unguarded(payment_id, report, source):
            is_new = not PaymentEvent.objects.filter(key=report.dedupe_key).exists()
            barrier.wait()
            seen.append(is_new)
            return is_new

        monkeypatch.setattr(settlement, "apply", unguarded)

        self.tell_at_once(bank, payment)

        assert seen == [True] * 8
