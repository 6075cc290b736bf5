"""What orders come to, to the rupiah, and what placing them costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import checkout
from orders.delivery import PICKUP
from orders.models import SubOrder
from orders.totals import Wishes
from tests.checkout_forms import POSTAGE, cart_of
from tests.factories import ArtisanFactory
from tests.order_factories import CartFactory, CartLineFactory
from tests.placing_rows import agree, purchase, selling

__all__ = ["selling"]  # fixtures


pytestmark = pytest.mark.django_db


class TestSums:
    @pytest.mark.parametrize("makers", [1, 2, 3, 4, 5])
    @pytest.mark.parametrize("way", ["contoh", PICKUP, "together"])
    @pytest.mark.parametrize("insured", [False, True])
    def test_odd_amounts_add_up_for_any_number_of_workshops(self, makers, way, insured):
        cart = CartFactory()
        for number in range(makers):
            artisan = ArtisanFactory(is_vat_registered=number % 2 == 0)
            CartLineFactory(
                cart=cart,
                quantity=number + 1,
                work__artisan=artisan,
                work__packed_weight_g=333 * (number + 1),
                work__variant__price=99_999 + 7 * number,
                work__variant__on_hand=5,
            )
        keys = [line.variant.product.artisan_id for line in cart.lines.all()]
        is_one = way == "together" and makers > 1
        wishes = Wishes(
            codes=dict.fromkeys(keys, "contoh" if way == "together" else way),
            together=is_one,
            one="contoh",
            insured=frozenset(keys if insured else []),
        )
        order = checkout.place(cart.pk, purchase(cart, wishes=wishes))
        parts = list(order.suborders.all())

        assert len(parts) == makers
        for column in ("goods", "shipping", "insurance", "tax", "total"):
            assert getattr(order, column) == sum(getattr(part, column) for part in parts)
        assert order.goods == sum((n + 1) * (99_999 + 7 * n) for n in range(makers))
        assert (order.shipping == 0) == (way == PICKUP)
        assert (order.insurance > 0) == (insured and way != PICKUP)
        if is_one:
            assert {part.delivery for part in parts} == {SubOrder.Delivery.TOGETHER}
            assert order.shipping % POSTAGE == 0
        agree()

    def test_insurance_counts_the_value_of_the_pieces_once(self):
        cart = CartFactory()
        line = CartLineFactory(
            cart=cart,
            quantity=4,
            work__variant__on_hand=9,
            price=2_000_000,
            work__variant__price=2_000_000,
        )
        maker = line.variant.product.artisan_id
        wishes = Wishes(codes={maker: "contoh"}, insured=frozenset({maker}))
        order = checkout.place(cart.pk, purchase(cart, wishes=wishes))

        assert order.insurance == 16_000  # 0.2 % of 8,000,000


class TestCosts:
    def cost(self, makers: int) -> int:
        cart = cart_of(makers)
        wanted = purchase(cart)
        with CaptureQueriesContext(connection) as asked:
            checkout.place(cart.pk, wanted)
        return len(asked)

    def test_each_further_workshop_costs_as_much_as_the_last(self):
        one, two, three = self.cost(1), self.cost(2), self.cost(3)

        assert three - two == two - one
        assert two - one == 4  # its part, its lines, its event and that event's number

    def test_further_works_of_a_workshop_cost_nothing(self):
        artisan = ArtisanFactory()
        costs = []
        for works in (1, 3):
            cart = CartFactory()
            CartLineFactory.create_batch(works, cart=cart, work__artisan=artisan)
            wanted = purchase(cart)
            with CaptureQueriesContext(connection) as asked:
                checkout.place(cart.pk, wanted)
            costs.append(len(asked))

        assert costs[0] == costs[1]
