"""How a buyer comes to pay: codes that tell payments apart, changing the way, the gateway's page."""

import datetime

import pytest
from django.utils import timezone

from orders import paying, polling
from orders.models import Order, Payment, PaymentEvent, SalesPolicy
from orders.payments.base import GatewayAway
from tests.money_rows import account, awaiting, late, qris_code
from tests.order_rows import place
from tests.pay_rows import MIDTRANS, QRIS, TRANSFER, opened, places
from tests.races import at_once

__all__ = ["places"]  # fixtures


pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("places")
class TestOpening:
    def test_a_transfer_asks_for_an_amount_of_its_own(self):
        order = place()

        payment = opened(order, TRANSFER)

        assert payment.reference == f"{order.number}-1"
        assert 1 <= payment.unique_code <= 999
        assert payment.amount == order.total + payment.unique_code
        assert payment.expires_at == order.expires_at
        assert payment.status == "pending"

    def test_no_two_open_payments_ask_for_the_same(self, monkeypatch):
        monkeypatch.setattr(paying, "CODES", range(1, 4))
        total = place().total

        codes = {opened(place(), TRANSFER).unique_code for _ in range(3)}

        assert codes == {1, 2, 3}
        with pytest.raises(paying.NoCodeFree):
            opened(place(), TRANSFER)
        assert Payment.objects.filter(amount__gt=total).count() == 3

    def test_a_code_taken_in_the_same_moment_is_drawn_again(self, monkeypatch):
        first = opened(place(), TRANSFER)
        draws = iter([first.unique_code, 7 if first.unique_code != 7 else 8])
        monkeypatch.setattr(paying.secrets, "choice", lambda free: next(draws))

        second = opened(place(), TRANSFER)

        assert second.unique_code in {7, 8}

    def test_qris_is_refused_above_the_limit_and_no_attempt_stays(self):
        SalesPolicy.objects.create(qris_limit=318_000)
        order = place()

        with pytest.raises(paying.MethodRefused, match=r"Rp318\.000"):
            opened(order, QRIS)

        assert paying.offered(order.total) == (TRANSFER,)
        assert Payment.objects.count() == 0

    def test_the_gateway_s_amount_carries_no_code(self, bank):
        order = place()

        payment = opened(order, MIDTRANS)

        assert (payment.unique_code, payment.amount, payment.status) == (0, order.total, "new")


class TestOffer:
    def test_only_approved_places_are_offered(self):
        assert paying.offered(100_000) == ()

        account()

        assert paying.offered(100_000) == (TRANSFER,)

    def test_the_gateway_is_offered_where_there_is_one(self, bank):
        qris_code()

        assert paying.offered(100_000) == (QRIS, MIDTRANS)


@pytest.mark.usefixtures("places")
class TestSwitching:
    def test_the_old_way_is_closed_and_the_new_one_opened(self):
        old = awaiting("transfer")

        new = paying.switch(old.order_id, QRIS)

        old.refresh_from_db()
        assert old.status == "cancelled"
        assert (new.attempt, new.method, new.status) == (2, "qris", "pending")
        assert new.reference == f"{old.order.number}-2"

    def test_the_same_way_again_changes_nothing(self):
        old = awaiting("transfer")

        assert paying.switch(old.order_id, TRANSFER) == old
        assert Payment.objects.count() == 1

    def test_changing_for_ever_holds_the_works_no_longer(self, bank):
        payment = awaiting("transfer")
        end = payment.order.placed_at + datetime.timedelta(hours=24)

        for method in (MIDTRANS, QRIS, TRANSFER, MIDTRANS, TRANSFER):
            payment = paying.switch(payment.order_id, method)
            order = Order.objects.get(pk=payment.order_id)
            assert order.expires_at == payment.expires_at <= end

        assert payment.attempt == 6

    def test_the_gateway_s_time_is_shorter(self, bank):
        payment = paying.switch(awaiting("transfer").order_id, MIDTRANS)

        left = payment.expires_at - timezone.now()
        assert datetime.timedelta(minutes=59) < left <= datetime.timedelta(minutes=60)

    def test_an_attempt_that_turns_out_paid_at_the_gateway_stays(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pay(payment.reference)

        assert paying.switch(payment.order_id, TRANSFER) == payment

        payment.refresh_from_db()
        assert (payment.status, payment.order.status) == ("paid", "paid")
        assert Payment.objects.count() == 1

    def test_an_attempt_that_waits_at_the_gateway_is_ended_there_first(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pend(payment.reference)

        new = paying.switch(payment.order_id, TRANSFER)

        payment.refresh_from_db()
        assert (payment.status, new.method, new.status) == ("expired", "transfer", "pending")
        assert bank.ledger.get(payment.reference).stage == "expire"

    def test_a_gateway_that_is_away_keeps_nobody_from_paying_by_transfer(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.weather.is_away = True

        assert paying.switch(payment.order_id, TRANSFER).status == "pending"

        bank.weather.is_away = False
        bank.pay(payment.reference)
        polling.poll_open()
        payment.refresh_from_db()
        assert (payment.status, payment.order.status) == ("paid", "paid")
        other = payment.order.payments.get(attempt=2)
        assert other.status == "cancelled"

    def test_a_waiting_proof_keeps_the_way(self):
        payment = awaiting("transfer")
        Order.objects.get(pk=payment.order_id).move_to(
            Order.Status.AWAITING_VERIFICATION, source="buyer"
        )

        with pytest.raises(paying.MethodRefused):
            paying.switch(payment.order_id, QRIS)

        assert Payment.objects.count() == 1

    def test_too_late_is_too_late(self):
        payment = late(awaiting("transfer"))

        with pytest.raises(paying.MethodRefused):
            paying.switch(payment.order_id, QRIS)

        payment.refresh_from_db()
        assert payment.status == "pending"


class TestStarting:
    def test_the_gateway_is_told_everything_that_the_total_is_made_of(self, bank):
        payment = awaiting("midtrans", parts=2)

        address = paying.start(payment.pk)

        payment.refresh_from_db()
        kept = bank.ledger.get(payment.reference)
        assert payment.address == address
        assert kept.amount == payment.order.total
        assert [item["price"] * item["quantity"] for item in kept.items] == [
            300_000,
            300_000,
            36_000,
        ]
        assert kept.items[-1]["name"] == "Ongkos kirim"
        assert kept.finish.startswith("http://testserver/pesanan/KL-")
        assert kept.notify == "http://testserver/webhooks/midtrans/"

    def test_starting_twice_opens_one_page(self, bank):
        payment = awaiting("midtrans")

        assert paying.start(payment.pk) == paying.start(payment.pk)
        assert Payment.objects.count() == 1

    def test_a_gateway_that_is_away_leaves_the_order_as_it_is(self, bank):
        payment = awaiting("midtrans")
        bank.weather.is_away = True

        with pytest.raises(GatewayAway):
            paying.start(payment.pk)

        payment.refresh_from_db()
        assert (payment.status, payment.address) == ("new", "")
        assert payment.order.status == "pending"

    def test_a_reference_whose_answer_was_lost_is_given_up_for_the_next(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        Payment.objects.update(address="")

        paying.start(payment.pk)

        payment.refresh_from_db()
        new = payment.order.payments.get(attempt=2)
        assert payment.status == "cancelled"
        assert new.address.startswith(bank.address)

    def test_nothing_is_started_for_an_order_whose_time_is_over(self, bank):
        payment = late(awaiting("midtrans"))

        with pytest.raises(paying.MethodRefused):
            paying.start(payment.pk)


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_eight_presses_at_once_open_one_attempt(self):
        account()
        qris_code()
        payment = awaiting("transfer")

        attempts = at_once(8, lambda _number: paying.switch(payment.order_id, QRIS).pk)

        assert len(attempts) == 8
        assert len(set(attempts)) == 1
        assert Payment.objects.count() == 2
        assert PaymentEvent.objects.count() == 0
