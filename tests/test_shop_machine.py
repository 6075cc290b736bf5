"""Any sequence of acts leaves stock, orders and money as they must be."""

import random
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from catalogue import stock
from catalogue.models import Variant
from lumajang_crafts.lib.steps import IllegalTransition
from orders import basket, checkout, invariants, releasing, settlement
from orders.models import (
    Cart,
    Order,
    OrderEvent,
    Payment,
    PaymentEvent,
    SalesPolicy,
    SubOrder,
)
from orders.payments.base import Report, State
from orders.totals import Wishes
from tests.factories import ProductFactory
from tests.scale import PROVE, rounds

SUPPLIES = ("stock", "one_of_a_kind", "made_to_order")


class Shop(RuleBasedStateMachine):
    """Buyers, the gateway, the clock, an artisan and staff, in any order."""

    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        SalesPolicy.objects.create(max_unpaid_orders=1_000, max_unpaid_units=1_000)
        self.variants = [self.variant(supply, place) for place, supply in enumerate(SUPPLIES * 2)]
        self.purchases = {}

    def variant(self, supply, place):
        bound = {"variant__max_order": 3} if supply == "made_to_order" else {}
        product = ProductFactory(
            variant__supply=supply,
            variant__on_hand=0,
            variant__price=33_333 + place,
            **bound,
        )
        variant = product.variants.get()
        if supply != "made_to_order":
            stock.move(variant.pk, 1 if supply == "one_of_a_kind" else 4, "received")
        return variant

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(target=orders, data=st.data())
    def check_out(self, data):
        places = st.sets(st.integers(0, len(self.variants) - 1), min_size=1, max_size=3)
        cart = Cart.objects.create()
        for place in data.draw(places):
            variant = Variant.objects.get(pk=self.variants[place].pk)
            quantity = data.draw(st.integers(1, 3))
            cart.lines.create(variant=variant, quantity=quantity, price_seen=variant.price)
        purchase = self.purchase(cart)
        try:
            order = checkout.place(cart.pk, purchase)
        except checkout.CheckoutRefused:
            assert not Order.objects.filter(idempotency_key=purchase.key).exists()
            return multiple()
        self.purchases[order.pk] = (cart.pk, purchase)
        return order.pk

    def purchase(self, cart):
        found = basket.read(cart)
        return checkout.Purchase(
            key=cart.checkout_key,
            name="Bu Contoh",
            phone="+6281234567890",
            email="pembeli@contoh.example",
            language=random.choice(["id", "en"]),
            method=Payment.Method.MIDTRANS,
            shown_total=sum(line.total for line in found.lines),
            place=None,
            destination=None,
            wishes=Wishes(codes={group.artisan.pk: "pickup" for group in found.groups}),
        )

    @rule(order=orders)
    def check_out_again_with_the_same_key(self, order):
        cart, purchase = self.purchases[order]

        assert checkout.place(cart, purchase).pk == order

    @rule(order=orders, state=st.sampled_from(State), name=st.sampled_from("ab"))
    def the_gateway_reports(self, order, state, name):
        payment = Payment.objects.filter(order=order).latest("attempt")
        refunded = {State.REFUNDED: payment.amount, State.PARTLY_REFUNDED: payment.amount // 3}
        report = Report(
            reference=payment.reference,
            state=state,
            amount=payment.amount,
            transaction_id=f"{name}-{payment.pk}",
            raw_status=state.value,
            fraud_status="",
            refund_key=f"{payment.pk}-{state}" if state in refunded else "",
            refunded=refunded.get(state, 0),
            at=None,
            currency="IDR",
        )

        first = settlement.apply(payment.pk, report, PaymentEvent.Source.POLL)
        assert settlement.apply(payment.pk, report, PaymentEvent.Source.NOTICE) is False
        assert isinstance(first, bool)

    @rule(order=orders)
    def another_amount_is_reported(self, order):
        payment = Payment.objects.filter(order=order).latest("attempt")
        before = Order.objects.values().get(pk=order)
        report = Report(
            reference=payment.reference,
            state=State.PAID,
            amount=payment.amount - 1,
            transaction_id=str(uuid.uuid4()),
            raw_status="settlement",
            fraud_status="",
            refund_key="",
            refunded=0,
            at=None,
            currency="IDR",
        )

        with pytest.raises(settlement.AmountDiffers):
            settlement.apply(payment.pk, report, PaymentEvent.Source.NOTICE)
        assert Order.objects.values().get(pk=order) == before

    @rule(order=orders)
    def time_runs_out(self, order):
        row = Order.objects.get(pk=order)
        Order.objects.filter(pk=order).update(expires_at=row.placed_at)

        assert releasing.expire(order) is (row.status == "pending")
        assert releasing.expire(order) is False

    @rule(order=orders)
    def the_buyer_cancels(self, order):
        was_unpaid = Order.objects.get(pk=order).is_unpaid
        try:
            releasing.cancel(order, source=OrderEvent.Source.BUYER)
        except IllegalTransition:
            assert not was_unpaid
        else:
            assert was_unpaid

    @rule(place=st.integers(0, 5), pieces=st.integers(-5, 5).filter(bool))
    def the_artisan_counts_again(self, place, pieces):
        try:
            stock.move(self.variants[place].pk, pieces, "corrected")
        except stock.StockRefused:
            return

    @rule(place=st.integers(0, 5), price=st.integers(1, 10**9))
    def the_artisan_changes_a_price(self, place, price):
        Variant.objects.filter(pk=self.variants[place].pk).update(price=price)

    @invariant()
    def everything_is_as_it_must_be(self):
        assert list(invariants.faults(at_rest=True)) == []

    @invariant()
    def parts_follow_their_order(self):
        waiting = SubOrder.objects.filter(status="waiting").exclude(order__status__in=Order.UNPAID)
        assert not waiting.exists()


@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_an_invariant(settings):
    settings.MIDTRANS_SERVER_KEY = "only-for-tests"
    run_state_machine_as_test(
        Shop,
        settings=limits(
            max_examples=rounds(10, 500),
            stateful_step_count=rounds(25, 50),
            deadline=None,
            phases=[Phase.generate, Phase.shrink] if PROVE else [Phase.generate],
            derandomize=not PROVE,
            suppress_health_check=list(HealthCheck),
        ),
    )
