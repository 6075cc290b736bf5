"""Asking the gateway: lost notices, silence, reversals; and many presses at once."""

import pytest

from orders import paying, polling
from orders.models import Payment
from orders.payments.base import GatewayAway
from tests.money_rows import awaiting, late
from tests.pay_rows import places

__all__ = ["places"]  # fixtures


pytestmark = pytest.mark.django_db


class TestAsking:
    def test_without_any_notice_asking_alone_brings_the_order_to_paid(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pay(payment.reference)

        assert polling.poll_open() == 1

        payment.refresh_from_db()
        assert (payment.status, payment.received) == ("paid", payment.amount)
        assert payment.order.status == "paid"

    def test_a_page_where_nothing_was_chosen_is_no_failure(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)

        polling.poll(payment.pk)

        payment.refresh_from_db()
        assert payment.status == "new"
        assert payment.asked_at is not None

    def test_a_page_that_nobody_used_ends_with_its_time(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        late(payment, minutes=16)

        polling.poll(payment.pk)

        payment.refresh_from_db()
        assert payment.status == "expired"

    def test_a_buyer_who_tries_again_after_a_refusal_is_still_heard(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pend(payment.reference)
        bank.deny(payment.reference)
        polling.poll_open()
        payment.refresh_from_db()
        assert payment.status == "failed"

        bank.pay(payment.reference)
        polling.poll_open()

        payment.refresh_from_db()
        assert payment.order.status == "paid"

    def test_money_that_a_bank_takes_back_within_minutes_is_noticed(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pay(payment.reference)
        polling.poll_open()

        bank.deny(payment.reference)
        polling.poll_open()

        payment.refresh_from_db()
        assert (payment.status, payment.order.status) == ("reversed", "on_hold")

    def test_one_that_cannot_be_asked_about_starves_no_other(self, bank, monkeypatch):
        good, bad = awaiting("midtrans"), awaiting("midtrans")
        for payment in (good, bad):
            paying.start(payment.pk)
        bank.pay(good.reference)
        bank.pay(bad.reference)
        Payment.objects.filter(pk=bad.pk).update(amount=bad.amount + 1)

        assert polling.poll_open() == 1

        good.order.refresh_from_db()
        bad.order.refresh_from_db()
        assert (good.order.status, bad.order.status) == ("paid", "pending")

    def test_after_three_silences_the_round_ends(self, bank):
        for _ in range(5):
            paying.start(awaiting("midtrans").pk)
        asked = []
        bank.weather.is_away = True

        class Away:
            def fetch_status(self, reference):
                asked.append(reference)
                raise GatewayAway

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("orders.payments.drivers.gateway", Away)
            assert polling.poll_open() == 0

        assert len(asked) == 3

    def test_a_page_that_is_opened_often_asks_once_in_a_while(self, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        polling.catch_up(payment.order)
        bank.pay(payment.reference)

        polling.catch_up(payment.order)

        payment.refresh_from_db()
        assert payment.status == "new"
