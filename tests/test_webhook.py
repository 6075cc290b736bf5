"""What the gateway tells, through the address where it tells it. It is believed nothing but which attempt."""

import json
import time

import pytest
from django.db import OperationalError
from django.test import Client

from orders import paying, settlement
from orders.models import PaymentEvent
from tests.money_rows import awaiting, stock_of
from tests.notice_rows import URL, payment, signed, state, tell

__all__ = ["payment"]  # fixtures


pytestmark = pytest.mark.django_db


class TestTelling:
    def test_a_payment_pays_the_order_and_sells_the_works(self, client, bank, payment):
        before = stock_of(payment.order)
        bank.pay(payment.reference)

        assert tell(client, bank.notice(payment.reference)) == 200

        assert state(payment) == ("paid", "paid", payment.amount)
        (hand, reserved), (hand_then, reserved_then) = before[0], stock_of(payment.order)[0]
        assert (hand_then, reserved_then) == (hand - 2, reserved - 2)
        event = PaymentEvent.objects.get()
        assert (event.source, event.state) == ("notice", "paid")

    def test_told_eight_times_is_told_once(self, client, bank, payment):
        bank.pay(payment.reference)

        codes = {tell(client, bank.notice(payment.reference)) for _ in range(8)}

        assert codes == {200}
        assert PaymentEvent.objects.count() == 1
        assert payment.order.events.filter(after="paid").count() == 1

    def test_the_address_needs_no_slash_and_never_redirects(self, client, bank, payment):
        bank.pay(payment.reference)

        assert tell(client, bank.notice(payment.reference), "/webhooks/midtrans") == 200
        assert state(payment)[1] == "paid"

    def test_a_browser_without_a_token_is_no_obstacle(self, bank, payment):
        bank.pay(payment.reference)

        assert tell(Client(enforce_csrf_checks=True), bank.notice(payment.reference)) == 200

    def test_only_a_post_tells_anything(self, client, payment):
        assert client.get(URL).status_code == 405

    def test_a_word_about_what_nobody_began_changes_nothing(self, client, bank, payment):
        bank.pay(payment.reference)
        body = bank.notice(payment.reference)
        bank.ledger.get(payment.reference).stage = ""

        assert tell(client, body) == 200
        assert state(payment) == ("new", "pending", 0)

    def test_without_a_gateway_there_is_nobody_to_listen(self, client, monkeypatch):
        monkeypatch.setattr("orders.payments.drivers.gateway", lambda: None)

        assert tell(client, b"{}") == 404


class TestUnbelieved:
    def test_the_body_says_settled_and_the_gateway_says_pending(self, client, bank, payment):
        bank.pend(payment.reference)
        fields = json.loads(bank.notice(payment.reference))
        fields |= {"transaction_status": "settlement", "fraud_status": "accept"}

        assert tell(client, json.dumps(fields).encode()) == 200

        assert state(payment) == ("pending", "pending", 0)

    def test_a_cheap_paid_order_s_transaction_pays_no_other(self, client, bank, payment):
        cheap = awaiting("midtrans")
        paying.start(cheap.pk)
        bank.pay(cheap.reference)
        bank.pend(payment.reference)
        of_cheap = json.loads(bank.notice(cheap.reference))
        mixed = json.loads(bank.notice(payment.reference)) | {
            "transaction_id": of_cheap["transaction_id"],
            "transaction_status": "settlement",
        }

        assert tell(client, json.dumps(mixed).encode()) == 200

        assert state(payment)[1] == "pending"
        assert state(cheap)[1] == "pending"

    def test_a_forged_signature_is_refused(self, client, bank, payment):
        bank.pay(payment.reference)
        fields = json.loads(bank.notice(payment.reference)) | {"signature_key": "0" * 128}

        assert tell(client, json.dumps(fields).encode()) == 400
        assert state(payment) == ("new", "pending", 0)

    def test_another_amount_at_the_gateway_never_pays(self, client, bank, payment):
        bank.pay(payment.reference)
        bank.weather.fields = {"gross_amount": "1000.00"}

        assert tell(client, bank.notice(payment.reference)) == 400
        assert state(payment) == ("new", "pending", 0)
        assert PaymentEvent.objects.count() == 0

    def test_an_answer_about_another_order_is_no_answer(self, client, bank, payment):
        bank.pay(payment.reference)
        bank.weather.fields = {"order_id": "KL-2611-99999-1"}

        assert tell(client, bank.notice(payment.reference)) == 503
        assert state(payment) == ("new", "pending", 0)

    def test_an_order_that_we_do_not_know(self, client, bank, payment):
        bank.pay(payment.reference)
        fields = json.loads(bank.notice(payment.reference)) | {"order_id": "KL-2611-99999-1"}

        assert tell(client, signed(fields)) == 404

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"null",
            b"[1]",
            b"{",
            b"\xff\xfe",
            b'{"order_id": NaN}',
            b'{"a": 1, "a": 2}',
            b"[" * 20_000,
            b'{"order_id": 5}',
            b"x" * 40_000,
        ],
    )
    def test_rubbish_is_refused_quickly_and_without_a_trace(self, client, bank, body):
        start = time.monotonic()
        response = client.post(URL, body, content_type="application/json")

        assert (response.status_code, response.content) == (400, b"")
        assert time.monotonic() - start < 0.2

    def test_five_megabytes_are_not_even_read(self, client, bank, monkeypatch):
        monkeypatch.setattr(
            "orders.payments.midtrans.read_object", lambda body: pytest.fail("was parsed")
        )

        assert tell(client, b"{" + b" " * 5_000_000 + b"}") == 400


class TestTrouble:
    def test_a_gateway_that_is_away_is_asked_again_later(self, client, bank, payment):
        bank.pay(payment.reference)
        body = bank.notice(payment.reference)
        bank.weather.is_away = True

        assert tell(client, body) == 503
        assert state(payment) == ("new", "pending", 0)

        bank.weather.is_away = False
        assert tell(client, body) == 200
        assert state(payment)[1] == "paid"

    @pytest.mark.parametrize("error", [OperationalError("lock timeout"), RuntimeError("our fault")])
    def test_whatever_is_wrong_with_us_is_said_as_503(
        self, client, bank, payment, monkeypatch, error
    ):
        bank.pay(payment.reference)

        def fail(*args):
            raise error

        monkeypatch.setattr(settlement, "apply", fail)
        response = client.post(URL, bank.notice(payment.reference), content_type="application/json")

        assert (response.status_code, response.content) == (503, b"")
