"""Money goes back once, and never more than came."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from orders import paying, polling, refunds, settlement
from orders.models import Payment, Refund
from orders.payments.base import GatewayAway, GatewayRefused
from tests.factories import UserFactory
from tests.money_rows import awaiting, stock_of
from tests.races import at_once, raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(is_staff=True)


@pytest.fixture
def by_hand(officer) -> Payment:
    payment = awaiting("transfer")
    settlement.receive(payment.pk, payment.amount, actor=officer, note="")
    return payment


@pytest.fixture
def at_gateway(bank) -> Payment:
    payment = awaiting("midtrans")
    paying.start(payment.pk)
    bank.pay(payment.reference)
    polling.poll(payment.pk)
    return payment


def ask(payment, amount, officer, key="k") -> Refund:
    return refunds.request(payment.pk, amount, "Retak", actor=officer, key=key)


def state(payment) -> tuple[str, str]:
    payment = Payment.objects.select_related("order").get(pk=payment.pk)
    return payment.status, payment.order.status


class TestRequesting:
    def test_the_same_key_asks_once(self, by_hand, officer):
        assert ask(by_hand, 1_000, officer) == ask(by_hand, 1_000, officer)
        assert Refund.objects.count() == 1

    def test_all_together_are_never_more_than_came(self, by_hand, officer):
        ask(by_hand, by_hand.amount - 1, officer, "a")

        with pytest.raises(refunds.RefundRefused):
            ask(by_hand, 2, officer, "b")

        ask(by_hand, 1, officer, "c")
        assert sum(Refund.objects.values_list("amount", flat=True)) == by_hand.amount

    @pytest.mark.parametrize("amount", [0, -1])
    def test_nothing_is_no_refund(self, by_hand, officer, amount):
        with pytest.raises(refunds.RefundRefused):
            ask(by_hand, amount, officer)

    def test_what_never_came_cannot_go_back(self, officer):
        with pytest.raises(refunds.RefundRefused):
            ask(awaiting("transfer"), 1, officer)

    @given(amounts=st.lists(st.integers(1, 400_000), max_size=6))
    @hypothesis_settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_whatever_is_asked_for_stays_within_what_came(self, by_hand, officer, amounts):
        Refund.objects.all().delete()
        for number, amount in enumerate(amounts):
            try:
                ask(by_hand, amount, officer, f"k{number}")
            except refunds.RefundRefused:
                continue

        assert sum(Refund.objects.values_list("amount", flat=True)) <= by_hand.amount


class TestByHand:
    def test_a_part_leaves_the_order_paid(self, by_hand, officer):
        refund = ask(by_hand, 5_000, officer)

        refunds.carry_out(refund.pk, actor=officer, evidence="TRF-1")
        done = refunds.carry_out(refund.pk, actor=UserFactory(), evidence="TRF-2")

        assert (done.status, done.done_by, done.evidence) == ("done", officer, "TRF-1")
        assert state(by_hand) == ("partly_refunded", "paid")
        assert by_hand.events.filter(key="refund:k").get().amount == 5_000

    def test_all_of_it_ends_the_order_and_the_works_return(self, by_hand, officer):
        before = stock_of(by_hand.order)
        for key, amount in (("a", 100_000), ("b", by_hand.amount - 100_000)):
            refund = ask(by_hand, amount, officer, key)
            refunds.carry_out(refund.pk, actor=officer, evidence=key)

        assert state(by_hand) == ("refunded", "refunded")
        assert stock_of(by_hand.order) == [(hand + 2, held) for hand, held in before]

    def test_without_the_bank_s_reference_nothing_is_done(self, by_hand, officer):
        refund = ask(by_hand, 5_000, officer)

        with pytest.raises(refunds.RefundRefused):
            refunds.carry_out(refund.pk, actor=officer)

        refund.refresh_from_db()
        assert refund.status == "requested"
        assert state(by_hand) == ("paid", "paid")

    def test_money_that_the_bank_took_back_is_not_given_again(self, by_hand, officer):
        refund = ask(by_hand, 5_000, officer)
        Payment.objects.filter(pk=by_hand.pk).update(status="reversed")

        with pytest.raises(refunds.RefundRefused):
            refunds.carry_out(refund.pk, actor=officer, evidence="TRF-1")


class TestAtTheGateway:
    def test_it_gives_back_and_the_order_ends(self, bank, at_gateway, officer):
        refund = ask(at_gateway, at_gateway.amount, officer)

        done = refunds.carry_out(refund.pk, actor=officer)

        assert (done.status, done.done_by) == ("done", officer)
        assert state(at_gateway) == ("refunded", "refunded")
        assert bank.ledger.get(at_gateway.reference).refunded == at_gateway.amount

    def test_an_answer_that_was_lost_gives_nothing_twice(self, bank, at_gateway, officer):
        refund = ask(at_gateway, 5_000, officer)
        bank.refund(at_gateway.reference, 5_000, refund.key)

        refunds.carry_out(refund.pk, actor=officer)

        assert bank.ledger.get(at_gateway.reference).refunded == 5_000
        assert state(at_gateway) == ("partly_refunded", "paid")
        assert Refund.objects.get().status == "done"

    def test_a_gateway_that_is_away_leaves_it_to_be_done(self, bank, at_gateway, officer):
        refund = ask(at_gateway, 5_000, officer)
        bank.weather.is_away = True

        with pytest.raises(GatewayAway):
            refunds.carry_out(refund.pk, actor=officer)

        refund.refresh_from_db()
        assert refund.status == "requested"
        assert state(at_gateway) == ("paid", "paid")

    def test_what_the_gateway_cannot_give_back_goes_by_bank(self, at_gateway, officer, monkeypatch):
        refund = ask(at_gateway, at_gateway.amount, officer)

        class OfVirtualAccounts:
            def refund(self, *arguments):
                raise GatewayRefused("not for this kind of payment")

        monkeypatch.setattr("orders.payments.drivers.gateway", OfVirtualAccounts)
        with pytest.raises(GatewayRefused):
            refunds.carry_out(refund.pk, actor=officer)
        refunds.carry_out(refund.pk, actor=officer, evidence="TRF-9")

        assert state(at_gateway) == ("refunded", "refunded")

    def test_two_parts_are_two_refunds(self, bank, at_gateway, officer):
        for key in ("a", "b"):
            refunds.carry_out(ask(at_gateway, 1_000, officer, key).pk, actor=officer)

        assert Refund.objects.filter(status="done").count() == 2
        assert bank.ledger.get(at_gateway.reference).refunded == 2_000

    def test_money_that_came_twice_goes_back_and_the_order_stays_paid(self, bank, officer):
        first = awaiting("midtrans")
        paying.start(first.pk)
        bank.pay(first.reference)
        polling.poll(first.pk)
        second = Payment.objects.create(
            order=first.order,
            attempt=2,
            method="transfer",
            reference=f"{first.order.number}-2",
            unique_code=7,
            amount=first.amount + 7,
            status="cancelled",
            expires_at=first.expires_at,
        )
        settlement.receive(second.pk, second.amount, actor=officer, note="")

        refunds.carry_out(Refund.objects.get().pk, actor=officer, evidence="TRF-3")

        assert state(second) == ("refunded", "paid")
        assert Refund.objects.get().amount == second.amount


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_eight_of_the_staff_ask_for_all_of_it_and_one_gets_it(self):
        officer, payment = UserFactory(), awaiting("transfer")
        settlement.receive(payment.pk, payment.amount, actor=officer, note="")

        answers = at_once(8, lambda n: ask(payment, payment.amount, officer, f"k{n}"))

        assert len(raised(answers, refunds.RefundRefused)) == 7
        assert [answer for answer in answers if isinstance(answer, Refund)] == [
            Refund.objects.get()
        ]
        assert Refund.objects.count() == 1

    def test_eight_of_the_staff_carry_out_one(self):
        officer, payment = UserFactory(), awaiting("transfer")
        settlement.receive(payment.pk, payment.amount, actor=officer, note="")
        refund = ask(payment, 5_000, officer)

        answers = at_once(
            8, lambda n: refunds.carry_out(refund.pk, actor=officer, evidence=f"T{n}")
        )

        assert answers == [refund] * 8
        assert payment.events.filter(key="refund:k").count() == 1
        assert Refund.objects.get().status == "done"
