"""Several works in one parcel, one fee among several makers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.couriers.base import Parcel
from orders.couriers.packing import Piece, share, together

CLOTH = Piece(1, 400, 35, 25, 4, 450_000, 1)
RING = Piece(3, 50, 5, 5, 3, 200_000, 2)
LAMP = Piece(1, 600, 40, 40, 35, 300_000, 3)
MAT = Piece(1, 1800, 45, 12, 90, 250_000, 4)


def volume(parcel: Parcel) -> int:
    return parcel.length_cm * parcel.width_cm * parcel.height_cm


class TestTogether:
    def test_one_work_is_its_own_parcel(self):
        assert together([LAMP]) == Parcel(600, 40, 40, 35, 300_000, frozenset({3}))

    def test_copies_are_stacked_on_their_flattest_side(self):
        three = Piece(3, 400, 4, 35, 25, 450_000, 1)

        assert together([three]) == Parcel(1200, 35, 25, 12, 1_350_000, frozenset({1}))

    def test_small_things_lie_side_by_side_on_a_large_one(self):
        assert together([CLOTH, RING]) == Parcel(550, 35, 25, 7, 1_050_000, frozenset({1, 2}))

    def test_a_second_layer_begins_when_the_first_is_full(self):
        many = Piece(36, 50, 5, 5, 3, 200_000, 2)  # 7 × 5 lie on the cloth

        assert together([CLOTH, many]).height_cm == 4 + 2 * 3

    def test_the_longest_and_the_widest_make_the_base(self):
        assert together([LAMP, MAT]) == Parcel(2400, 90, 47, 45, 550_000, frozenset({3, 4}))

    def test_no_work_is_no_parcel(self):
        with pytest.raises(ValueError, match="empty"):
            together([])


sides = st.integers(1, 200)
pieces = st.builds(
    Piece,
    st.integers(1, 40),
    st.integers(1, 20_000),
    sides,
    sides,
    sides,
    st.integers(0, 10**8),
    st.integers(1, 5),
)
baskets = st.lists(pieces, min_size=1, max_size=6)


class TestEveryBasket:
    @given(baskets)
    def test_the_box_holds_what_lies_in_it(self, basket):
        parcel = together(basket)

        assert volume(parcel) >= sum(
            p.quantity * p.length_cm * p.width_cm * p.height_cm for p in basket
        )
        box = (parcel.length_cm, parcel.width_cm, parcel.height_cm)
        for piece in basket:
            assert all(side <= room for side, room in zip(piece.sides, box, strict=True))

    @given(baskets)
    def test_nothing_is_lost(self, basket):
        parcel = together(basket)

        assert parcel.weight_g == sum(p.quantity * p.weight_g for p in basket)
        assert parcel.value == sum(p.quantity * p.value for p in basket)
        assert parcel.categories == {p.category for p in basket}

    @given(baskets, st.randoms())
    def test_the_order_does_not_matter(self, basket, random):
        shuffled = random.sample(basket, len(basket))

        assert together(shuffled) == together(basket)

    @given(baskets)
    def test_one_more_of_the_same_never_makes_it_smaller(self, basket):
        first, *others = basket
        more = Piece(first.quantity + 1, first.weight_g, *first.sides, first.value, first.category)

        assert volume(together([more, *others])) >= volume(together(basket))


class TestShare:
    @pytest.mark.parametrize(
        ("amount", "weights", "shares"),
        [
            (10_000, [1, 1, 1], [3_334, 3_333, 3_333]),
            (10_001, [1, 1, 1], [3_334, 3_334, 3_333]),
            (9_000, [2, 1], [6_000, 3_000]),
            (100, [1, 2, 4], [14, 29, 57]),
            (5_000, [0, 3], [0, 5_000]),
            (7, [0, 0], [4, 3]),
            (0, [5, 6], [0, 0]),
            (123, [9], [123]),
        ],
    )
    def test_known_divisions(self, amount, weights, shares):
        assert share(amount, weights) == shares

    @pytest.mark.parametrize("weights", [[], [3, -1]])
    def test_senseless_weights_are_refused(self, weights):
        with pytest.raises(ValueError, match="weights"):
            share(1_000, weights)

    @given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
    def test_not_a_rupiah_is_lost_and_nobody_is_a_rupiah_off(self, amount, weights):
        shares = share(amount, weights)
        total = sum(weights)

        assert sum(shares) == amount
        if total:
            for got, weight in zip(shares, weights, strict=True):
                assert abs(got * total - amount * weight) < total
