"""The counter and its ledger move together; no piece is sold that does not exist."""

import threading

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from catalogue import stock
from catalogue.models import StockMovement, Variant
from tests.factories import UserFactory, VariantFactory
from tests.races import at_once, raised

RECEIVED, SOLD, CORRECTED = (
    StockMovement.Reason.RECEIVED,
    StockMovement.Reason.SOLD,
    StockMovement.Reason.CORRECTED,
)
RETURNED = StockMovement.Reason.RETURNED


@pytest.mark.django_db
class TestMoving:
    def test_a_delivery_raises_the_counter_and_is_recorded(self):
        variant, officer = VariantFactory(on_hand=0), UserFactory()

        movement = stock.move(variant.pk, 5, RECEIVED, actor=officer, note="Selasa")

        variant.refresh_from_db()
        assert variant.on_hand == 5
        assert (movement.quantity, movement.actor, movement.note) == (5, officer, "Selasa")

    def test_fewer_than_reserved_is_refused_and_nothing_changes(self):
        variant = VariantFactory(on_hand=3, reserved=2)

        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, -2, CORRECTED)

        variant.refresh_from_db()
        assert variant.on_hand == 3
        assert StockMovement.objects.count() == 0

    def test_made_to_order_holds_no_stock(self):
        variant = VariantFactory(supply="made_to_order", on_hand=0, max_order=2)

        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, 1, RECEIVED)

    def test_one_of_a_kind_is_received_once_for_ever(self):
        variant = VariantFactory(supply="one_of_a_kind", on_hand=0)
        stock.move(variant.pk, 1, RECEIVED)
        stock.move(variant.pk, -1, SOLD)

        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, 1, RECEIVED)

        stock.move(variant.pk, 1, RETURNED)
        variant.refresh_from_db()
        assert variant.on_hand == 1
        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, 1, RETURNED)

    def test_no_count_makes_a_second_piece_of_a_sold_one(self):
        variant = VariantFactory(supply="one_of_a_kind", on_hand=0)
        stock.move(variant.pk, 1, RECEIVED)
        stock.move(variant.pk, -1, SOLD)

        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, 1, CORRECTED)

        assert variant.movements.count() == 2

    def test_a_lost_piece_may_be_found_again(self):
        variant = VariantFactory(supply="one_of_a_kind", on_hand=0)
        stock.move(variant.pk, 1, RECEIVED)
        stock.move(variant.pk, -1, StockMovement.Reason.LOST)
        stock.move(variant.pk, 1, CORRECTED)

        variant.refresh_from_db()
        assert variant.on_hand == 1

    def test_what_was_never_sold_cannot_come_back(self):
        variant = VariantFactory(supply="one_of_a_kind", on_hand=0)

        with pytest.raises(stock.StockRefused):
            stock.move(variant.pk, 1, RETURNED)

    def test_a_sign_that_contradicts_its_reason_is_an_error_of_ours(self):
        with pytest.raises(IntegrityError):
            stock.move(VariantFactory().pk, 1, SOLD)


BROKEN = [
    {"on_hand": 1, "reserved": 2},
    {"price": 0},
    {"supply": "made_to_order", "on_hand": 1, "max_order": 1},
    {"supply": "made_to_order", "on_hand": 0},
    {"supply": "one_of_a_kind", "on_hand": 2},
]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", BROKEN)
def test_the_database_itself_refuses_impossible_stock(fields):
    variant = VariantFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(pk=variant.pk).update(**fields)

    before = (variant.on_hand, variant.price)
    variant.refresh_from_db()
    assert (variant.on_hand, variant.price) == before


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_eight_buyers_of_two_pieces_take_two(self):
        variant = VariantFactory(on_hand=0)
        stock.move(variant.pk, 2, RECEIVED)

        answers = at_once(8, lambda _number: stock.move(variant.pk, -1, SOLD))

        variant.refresh_from_db()
        assert len(raised(answers, stock.StockRefused)) == 6
        assert len([answer for answer in answers if isinstance(answer, StockMovement)]) == 2
        assert variant.on_hand == 0
        assert variant.movements.aggregate(n=Sum("quantity"))["n"] == 0

    def test_without_the_lock_the_same_race_goes_wrong(self, monkeypatch):
        """The negative control: the set-up above can fail."""
        variant = VariantFactory(on_hand=0)
        stock.move(variant.pk, 2, RECEIVED)
        barrier = threading.Barrier(8)

        def unguarded(_number):
            seen = Variant.objects.get(pk=variant.pk)
            stock.check(seen, -1, SOLD)
            barrier.wait()
            StockMovement.objects.create(variant=seen, quantity=-1, reason=SOLD)

        at_once(8, unguarded)

        assert variant.movements.aggregate(n=Sum("quantity"))["n"] == -6


@pytest.mark.django_db
def test_available_is_what_is_not_promised():
    variant = VariantFactory(on_hand=5, reserved=2)

    assert variant.available == 3
    Variant.objects.filter(pk=variant.pk).update(reserved=F("on_hand"))
    assert Variant.objects.buyable().exists() is False
