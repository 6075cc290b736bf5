"""Two presses at once on one cart."""

import pytest

from orders import carts
from orders.models import Cart, CartLine
from tests.cart_rows import for_sale
from tests.factories import (
    UserFactory,
)
from tests.order_factories import CartFactory, CartLineFactory
from tests.races import at_once


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_a_double_click_makes_one_line(self):
        cart, variant = CartFactory(), for_sale(on_hand=9)

        answers = at_once(6, lambda _number: carts.add(cart, variant, 1))

        assert [line.quantity for line in cart.lines.all()] == [6]
        assert all(isinstance(answer, CartLine) for answer in answers)

    def test_the_last_piece_goes_in_once(self):
        cart, variant = CartFactory(), for_sale(on_hand=1)

        answers = at_once(4, lambda _number: carts.add(cart, variant, 1))

        assert cart.lines.get().quantity == 1
        assert sum(isinstance(answer, carts.Refused) for answer in answers) == 3

    def test_two_sign_ins_at_once_merge_once(self):
        guest, mine = CartFactory(), CartFactory(user=UserFactory())
        own = CartLineFactory(cart=mine, work__variant__on_hand=9)
        CartLineFactory(cart=guest, work=own.variant.product, quantity=2)

        answers = at_once(3, lambda _number: carts.merge(guest, mine))

        assert answers == [None] * 3
        assert mine.lines.get().quantity == 3
        assert Cart.objects.count() == 1
