"""The client of Midtrans against the stand-in, over real HTTP on this machine."""

from datetime import datetime, timedelta, timezone

import pytest

from orders.payments import midtrans
from orders.payments.base import (
    CannotModify,
    GatewayAway,
    GatewayRefused,
    Item,
    NotStarted,
    Report,
    State,
)
from tests.gateway import REFERENCE, charge, client_of
from tests.midtrans_rows import bank, open_attempt

__all__ = ["bank", "open_attempt"]  # fixtures


WIB = timezone(timedelta(hours=7))


class TestStarting:
    def test_the_buyer_is_sent_to_the_gateway(self, bank):
        started = client_of(bank).start(charge())

        attempt = bank.ledger.get(REFERENCE)
        assert started.address == f"{bank.address}/snap/v4/redirection/{attempt.token}"
        assert (attempt.amount, attempt.notify) == (159_000, charge().notify_url)
        assert attempt.finish == charge().return_url
        left = datetime.fromisoformat(attempt.expires_at) - datetime.now(WIB)
        assert timedelta(minutes=59) < left <= timedelta(minutes=60)

    def test_what_is_sent_is_what_snap_expects(self, time_machine):
        time_machine.move_to(datetime(2026, 11, 24, 10, 0, tzinfo=WIB), tick=False)
        names = (Item("K" * 60, 160_000), Item("Potongan", -1_000))

        sent = midtrans._snap_fields(charge(items=names, email="", minutes=3, name="S" * 60))

        assert sent == {
            "transaction_details": {"order_id": REFERENCE, "gross_amount": 159_000},
            "item_details": [
                {"name": "K" * 50, "price": 160_000, "quantity": 1},
                {"name": "Potongan", "price": -1_000, "quantity": 1},
            ],
            "customer_details": {"first_name": "S" * 50, "phone": "+6281200000001"},
            "expiry": {
                "start_time": "2026-11-24 10:00:00 +0700",
                "unit": "minutes",
                "duration": 3,
            },
            "page_expiry": {"unit": "minutes", "duration": 5},
            "callbacks": {"finish": charge().return_url},
        }

    def test_a_reference_is_used_once(self, bank, open_attempt):
        with pytest.raises(GatewayRefused, match=r"406 .*already been taken"):
            open_attempt.start(charge())

    @pytest.mark.parametrize("reference", ["", "KL 1", "KL/1", "K" * 51, "..", "KL-1\n", "KL-é"])
    def test_a_reference_that_would_bend_the_address_is_never_sent(self, bank, reference):
        client = client_of(bank)

        with pytest.raises(ValueError, match="order id"):
            client.start(charge(reference=reference))
        for call in (client.fetch_status, client.expire):
            with pytest.raises(ValueError, match="order id"):
                call(reference)

    @pytest.mark.parametrize("amount", [158_999, 159_001, 0, -159_000])
    def test_items_must_add_up(self, amount):
        with pytest.raises(ValueError, match="items cost 159000"):
            charge(amount=amount)

    def test_nothing_costs_nothing(self):
        with pytest.raises(ValueError, match="items cost 0"):
            charge(amount=0, items=())

    def test_the_buyer_is_never_sent_elsewhere(self, bank):
        bank.weather.fields = {"redirect_url": "https://example.com/pay"}

        with pytest.raises(GatewayAway, match="no address of Midtrans"):
            client_of(bank).start(charge())

    def test_a_wrong_key_is_refused(self, bank):
        with pytest.raises(GatewayRefused, match="401 Unknown merchant"):
            client_of(bank, key="another").start(charge())


class TestAsking:
    def test_nothing_is_known_before_the_buyer_picks_a_method(self, open_attempt):
        with pytest.raises(NotStarted):
            open_attempt.fetch_status(REFERENCE)

    def test_a_payment_is_reported_in_whole_rupiah_and_local_time(self, bank, open_attempt):
        bank.pay(REFERENCE)

        report = open_attempt.fetch_status(REFERENCE)

        attempt = bank.ledger.get(REFERENCE)
        settled = datetime.strptime(attempt.settled_at, "%Y-%m-%d %H:%M:%S").replace(tzinfo=WIB)
        assert report == Report(
            reference=REFERENCE,
            state=State.PAID,
            amount=159_000,
            transaction_id=attempt.transaction_id,
            raw_status="settlement",
            fraud_status="accept",
            at=settled,
        )
        assert abs(datetime.now(WIB) - settled) < timedelta(seconds=10)
        assert report.dedupe_key == f"{attempt.transaction_id}:settlement:"

    @pytest.mark.parametrize(
        ("acts", "state", "key"),
        [
            (["pend"], State.PENDING, "pending:"),
            (["capture"], State.PAID, "capture:accept:"),
            (["challenge"], State.HELD, "capture:challenge:"),
            (["challenge", "capture"], State.PAID, "capture:accept:"),
            (["pend", "deny"], State.FAILED, "deny:deny:"),
            (["pay", "deny"], State.FAILED, "deny:deny:"),
            (["pend", "expire"], State.EXPIRED, "expire:"),
            (["pend", "cancel"], State.CANCELLED, "cancel:"),
            (["pay", "chargeback"], State.REVERSED, "chargeback:"),
        ],
    )
    def test_each_status_becomes_a_state(self, bank, open_attempt, acts, state, key):
        for act in acts:
            getattr(bank, act)(REFERENCE)

        report = open_attempt.fetch_status(REFERENCE)

        assert (report.state, report.dedupe_key) == (state, f"{report.transaction_id}:{key}")

    @pytest.mark.parametrize(
        ("status", "fraud", "state"),
        [
            ("settlement", "challenge", State.HELD),
            ("settlement", "deny", State.FAILED),
            ("capture", "deny", State.FAILED),
            ("capture", None, State.PAID),
            ("failure", "accept", State.FAILED),
            ("authorize", "accept", State.PENDING),
            ("partial_chargeback", "accept", State.REVERSED),
        ],
    )
    def test_suspicious_money_is_not_yet_paid(self, bank, open_attempt, status, fraud, state):
        bank.pay(REFERENCE)
        bank.weather.fields = {"transaction_status": status, "fraud_status": fraud}

        assert open_attempt.fetch_status(REFERENCE).state == state

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"order_id": "KL-2611-00001-1"}, "another order"),
            ({"order_id": None}, "another order"),
            ({"currency": "USD"}, "not in rupiah"),
            ({"merchant_id": "M999999"}, "another merchant"),
            ({"gross_amount": "159000"}, "amount"),
            ({"gross_amount": "159000.50"}, "amount"),
            ({"gross_amount": "1e5.00"}, "amount"),
            ({"gross_amount": 159000.0}, "amount"),
            ({"gross_amount": None}, "amount"),
            ({"transaction_status": "celebrated"}, "celebrated"),
            ({"transaction_status": ["settlement"]}, "no text"),
            ({"fraud_status": "unsure"}, "unsure"),
            ({"settlement_time": "yesterday"}, "time"),
            ({"refunds": {"a": 1}}, "refunds"),
            ({"refunds": [1]}, "refunds"),
        ],
    )
    def test_an_answer_that_is_not_ours_is_not_believed(self, bank, open_attempt, fields, words):
        bank.pay(REFERENCE)
        bank.weather.fields = fields

        with pytest.raises(GatewayAway, match=words):
            open_attempt.fetch_status(REFERENCE)

    @pytest.mark.parametrize(
        ("code", "error"), [("500", GatewayAway), ("404", NotStarted), ("412", CannotModify)]
    )
    def test_midtrans_may_say_in_the_body_alone_that_it_failed(
        self, bank, open_attempt, code, error
    ):
        bank.pay(REFERENCE)
        bank.weather.fields = {"status_code": code}

        with pytest.raises(error, match=code):
            open_attempt.fetch_status(REFERENCE)

    def test_an_answer_without_times_is_read(self, bank, open_attempt):
        bank.pay(REFERENCE)
        bank.weather.fields = {"settlement_time": None, "transaction_time": None}

        assert open_attempt.fetch_status(REFERENCE).at is None

    def test_another_amount_is_reported_as_it_is(self, bank, open_attempt):
        """Whether it is the right one is for the order to say."""
        bank.pay(REFERENCE)
        bank.weather.fields = {"gross_amount": "1.00", "currency": "IDR"}

        assert open_attempt.fetch_status(REFERENCE).amount == 1

    def test_the_merchant_is_compared_only_where_one_is_configured(self, bank):
        client = client_of(bank, merchant_id="")
        client.start(charge())
        bank.pay(REFERENCE)
        bank.weather.fields = {"merchant_id": "M999999"}

        assert client.fetch_status(REFERENCE).state == State.PAID


class TestEnding:
    def test_an_unpaid_attempt_expires(self, bank, open_attempt):
        """Midtrans says so with 407, which is no failure."""
        bank.pend(REFERENCE)

        open_attempt.expire(REFERENCE)

        assert open_attempt.fetch_status(REFERENCE).state == State.EXPIRED

    def test_a_paid_attempt_does_not_expire(self, bank, open_attempt):
        bank.pay(REFERENCE)

        with pytest.raises(CannotModify):
            open_attempt.expire(REFERENCE)

        assert open_attempt.fetch_status(REFERENCE).state == State.PAID

    def test_an_attempt_nobody_began_cannot_be_ended(self, open_attempt):
        with pytest.raises(NotStarted):
            open_attempt.expire(REFERENCE)


class TestRefunding:
    def test_parts_and_the_rest_are_given_back(self, bank, open_attempt):
        bank.pay(REFERENCE)

        part = open_attempt.refund(REFERENCE, 9_000, "R-1", "Ongkos kirim")
        rest = open_attempt.refund(REFERENCE, 150_000, "R-2", "Barang rusak")

        assert (part.state, part.refunded, part.refund_key) == (State.PARTLY_REFUNDED, 9_000, "R-1")
        assert (rest.state, rest.refunded, rest.refund_key) == (State.REFUNDED, 159_000, "R-2")
        assert part.amount == rest.amount == 159_000
        assert part.dedupe_key.endswith(":partial_refund:R-1")

    @pytest.mark.parametrize("is_pedantic", [False, True])
    def test_the_same_key_gives_nothing_twice(self, bank, open_attempt, is_pedantic):
        """Midtrans repeats its answer; should it refuse instead, the status tells as well."""
        bank.weather.is_pedantic = is_pedantic
        bank.pay(REFERENCE)
        first = open_attempt.refund(REFERENCE, 9_000, "R-1", "Ongkos kirim")

        assert open_attempt.refund(REFERENCE, 9_000, "R-1", "Ongkos kirim") == first
        assert bank.ledger.get(REFERENCE).refunded == 9_000

    @pytest.mark.parametrize("amount", [159_001, 10**12])
    def test_more_than_was_paid_is_refused(self, bank, open_attempt, amount):
        bank.pay(REFERENCE)

        with pytest.raises(CannotModify):
            open_attempt.refund(REFERENCE, amount, "R-1", "")

    @pytest.mark.parametrize("amount", [0, -1])
    def test_a_refund_of_nothing_is_never_sent(self, open_attempt, amount):
        with pytest.raises(ValueError, match="one rupiah"):
            open_attempt.refund(REFERENCE, amount, "R-1", "")

    def test_unpaid_money_is_not_given_back(self, bank, open_attempt):
        bank.pend(REFERENCE)

        with pytest.raises(CannotModify):
            open_attempt.refund(REFERENCE, 1_000, "R-1", "")

    def test_a_refund_told_without_its_list_is_read(self, bank, open_attempt):
        bank.pay(REFERENCE)
        bank.weather.fields = {
            "transaction_status": "partial_refund",
            "refund_amount": "5000.00",
            "refund_key": "desk",
        }

        report = open_attempt.fetch_status(REFERENCE)

        assert (report.refunded, report.refund_key) == (5_000, "desk")
