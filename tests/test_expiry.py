"""The clock: what is not paid in time is released once, and what was paid is not."""

import threading

import pytest
from procrastinate.contrib.django import app

from orders import expiry, paying, polling, releasing
from orders.models import Order, OrderEvent, Payment, SubOrder
from orders.tasks import expire_overdue, poll_open
from tests.money_rows import awaiting, late, stock_of
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(bank) -> Payment:
    payment = awaiting("midtrans")
    paying.start(payment.pk)
    payment.refresh_from_db()
    return payment


def state(payment) -> tuple[str, str]:
    payment = Payment.objects.select_related("order").get(pk=payment.pk)
    return payment.status, payment.order.status


class TestSweeping:
    def test_an_overdue_order_gives_its_works_back(self):
        payment = awaiting("transfer")
        before = stock_of(payment.order)
        late(payment)

        assert expiry.expire_overdue() == 1
        assert expiry.expire_overdue() == 0

        assert state(payment) == ("expired", "expired")
        assert stock_of(payment.order) == [(hand, held - 2) for hand, held in before]
        assert payment.order.messages.filter(kind="expired").count() == 1

    def test_what_has_time_left_or_waits_for_staff_stays(self):
        fresh, checked = awaiting("transfer"), awaiting("transfer")
        checked.order.move_to(Order.Status.AWAITING_VERIFICATION, source="buyer")
        late(checked)

        assert expiry.expire_overdue() == 0

        assert state(fresh)[1] == "pending"
        assert state(checked)[1] == "awaiting_verification"

    def test_one_bad_order_never_stops_the_sweep(self, monkeypatch):
        bad, good = late(awaiting("transfer")), late(awaiting("transfer"))
        real = releasing.expire

        def fail(order_id):
            if order_id == bad.order_id:
                raise RuntimeError("of this order alone")
            return real(order_id)

        monkeypatch.setattr(releasing, "expire", fail)

        assert expiry.expire_overdue() == 1
        assert (state(bad)[1], state(good)[1]) == ("pending", "expired")

    def test_a_page_that_was_never_opened_ends_with_its_order(self):
        payment = late(awaiting("midtrans"))

        assert expiry.expire_overdue() == 1
        assert state(payment) == ("expired", "expired")


class TestGateway:
    def test_it_is_asked_first_and_a_payment_that_no_notice_told_counts(self, bank, started):
        bank.pay(started.reference)
        late(started)

        assert expiry.expire_overdue() == 0

        assert state(started) == ("paid", "paid")
        assert started.order.released_at is None

    def test_an_attempt_that_waits_is_ended_there_too(self, bank, started):
        bank.pend(started.reference)
        late(started)

        assert expiry.expire_overdue() == 1

        assert bank.ledger.get(started.reference).stage == "expire"
        assert state(started) == ("expired", "expired")

    def test_a_gateway_that_is_away_is_waited_for_a_quarter_of_an_hour(self, bank, started):
        bank.weather.is_away = True
        late(started, minutes=14)
        assert expiry.expire_overdue() == 0
        assert state(started)[1] == "pending"

        late(started, minutes=16)
        assert expiry.expire_overdue() == 1
        assert state(started) == ("new", "expired")

    def test_money_that_comes_after_that_pays_late(self, bank, started):
        before = stock_of(started.order)
        bank.pend(started.reference)
        bank.weather.is_away = True
        late(started, minutes=16)
        expiry.expire_overdue()
        bank.weather.is_away = False
        bank.settle(started.reference)

        polling.poll_open()

        assert state(started) == ("paid", "paid")
        assert stock_of(started.order) == [(hand - 2, held - 2) for hand, held in before]
        steps = started.order.events.filter(suborder=None).values_list("after", flat=True)
        assert list(steps) == ["pending", "expired", "paid_late", "paid"]

    def test_after_three_silences_no_other_is_asked_and_those_by_hand_still_end(
        self, bank, monkeypatch
    ):
        waiting = [awaiting("midtrans") for _ in range(5)]
        for payment in waiting:
            paying.start(payment.pk)
            late(payment)
        by_hand = late(awaiting("transfer"))
        asked = []

        def silent(payment_id):
            asked.append(payment_id)
            raise expiry.GatewayAway

        monkeypatch.setattr(polling, "end", silent)

        assert expiry.expire_overdue() == 1

        assert len(asked) == 3
        assert state(by_hand)[1] == "expired"

    def test_another_amount_at_the_gateway_is_a_matter_for_people(self, bank, started):
        bank.pay(started.reference)
        bank.weather.fields = {"gross_amount": "5.00"}
        late(started)
        assert expiry.expire_overdue() == 0
        assert state(started)[1] == "pending"

        late(started, minutes=16)
        assert expiry.expire_overdue() == 1
        assert started.events.count() == 0


@pytest.mark.parametrize(
    ("job", "cron"), [(expire_overdue, "* * * * *"), (poll_open, "*/5 * * * *")]
)
def test_the_worker_does_it_by_itself_and_never_twice_at_once(job, cron):
    job(timestamp=0)

    periodic = app.periodic_registry.periodic_tasks[(job.name, "")]
    assert periodic.cron == cron
    assert job.queueing_lock == job.name


@pytest.mark.django_db(transaction=True)
class TestRace:
    def sweep_at_once(self, times=5) -> int:
        return sum(at_once(times, lambda _number: expiry.expire_overdue()))

    def test_five_sweepers_release_each_order_once(self):
        payments = [late(awaiting("transfer")) for _ in range(6)]

        assert self.sweep_at_once() == 6

        for payment in payments:
            assert state(payment) == ("expired", "expired")
            assert [held for _hand, held in stock_of(payment.order)] == [0]
        assert OrderEvent.objects.filter(after="expired").count() == 6

    def test_without_the_guard_the_same_race_goes_wrong(self, monkeypatch):
        """The negative control: whoever looks first and releases then, releases again."""
        payment = late(awaiting("transfer"))
        barrier, released = threading.Barrier(5), []

        def unguarded(order_id):
            order = Order.objects.get(pk=order_id)
            is_due = order.status == Order.Status.PENDING
            barrier.wait()
            if is_due:
                released.append(order_id)
            return is_due

        monkeypatch.setattr(releasing, "expire", unguarded)

        assert self.sweep_at_once() == 5
        assert released == [payment.order_id] * 5
        assert SubOrder.objects.filter(status="waiting").count() == 1
