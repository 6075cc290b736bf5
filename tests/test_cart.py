"""What goes into a cart, what it costs, and what happens to it while nobody looks."""

import datetime

import pytest
from django.utils import timezone, translation

from catalogue.models import Variant
from orders import basket, carts
from orders.models import Cart, CartLine
from orders.tasks import forget_abandoned_carts
from tests.cart_rows import for_sale
from tests.factories import (
    ArtisanFactory,
    UserFactory,
)
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory


@pytest.mark.django_db
class TestAdding:
    def test_the_same_again_is_one_line_with_more(self):
        cart, variant = CartFactory(), for_sale(on_hand=5)

        carts.add(cart, variant, 2)
        carts.add(cart, variant, 3)

        assert [(line.variant, line.quantity) for line in cart.lines.all()] == [(variant, 5)]

    def test_more_than_there_is_changes_nothing_and_counts_what_is_held(self):
        cart, variant = CartFactory(), for_sale(on_hand=3)
        carts.add(cart, variant, 2)

        with pytest.raises(carts.Refused) as refusal:
            carts.add(cart, variant, 2)

        assert str(refusal.value) == "Sisa 3. Di keranjang Anda sudah ada 2."
        assert cart.lines.get().quantity == 2

    def test_the_price_that_was_seen_is_that_of_so_many(self):
        variant = for_sale(on_hand=30)
        PriceTierFactory(variant=variant)
        cart = CartFactory()

        carts.add(cart, variant, 4)
        assert cart.lines.get().price_seen == 150_000
        carts.add(cart, Variant.objects.for_sale().get(), 6)

        assert cart.lines.get().price_seen == 120_000
        assert basket.read(cart).has_changes is False

    def test_a_cart_in_use_counts_as_touched(self):
        cart, variant = CartFactory(), for_sale()
        Cart.objects.update(touched_at=timezone.now() - datetime.timedelta(days=9))

        carts.add(cart, variant, 1)

        cart.refresh_from_db()
        assert timezone.now() - cart.touched_at < datetime.timedelta(minutes=1)


@pytest.mark.django_db
class TestChanging:
    def test_a_new_number_takes_the_price_of_so_many(self):
        line = CartLineFactory(work__variant__on_hand=20)
        PriceTierFactory(variant=line.variant)

        carts.set_quantity(line.cart, line.pk, 12)

        line.refresh_from_db()
        assert (line.quantity, line.price_seen) == (12, 120_000)

    def test_a_price_that_moved_unseen_is_still_said_after_a_new_number(self):
        line = CartLineFactory(price=99_000)

        carts.set_quantity(line.cart, line.pk, 2)

        [seen] = basket.read(line.cart).lines
        assert seen.changes == ("Harga satuan berubah dari Rp99.000 menjadi Rp150.000.",)

    @pytest.mark.parametrize("quantity", [4, 99_999_999_999])
    def test_more_than_there_is_is_refused(self, quantity):
        line = CartLineFactory(work__variant__on_hand=3)

        with pytest.raises(carts.Refused):
            carts.set_quantity(line.cart, line.pk, quantity)

        line.refresh_from_db()
        assert line.quantity == 1

    def test_another_s_line_is_out_of_reach(self):
        own, foreign = CartFactory(), CartLineFactory()

        with pytest.raises(CartLine.DoesNotExist):
            carts.set_quantity(own, foreign.pk, 2)
        with pytest.raises(CartLine.DoesNotExist):
            carts.remove(own, foreign.pk)

        foreign.refresh_from_db()
        assert foreign.quantity == 1

    def test_a_cart_that_is_gone_says_so(self):
        cart, variant = CartFactory(), for_sale()
        Cart.objects.all().delete()

        with pytest.raises(carts.Refused):
            carts.add(cart, variant, 1)


@pytest.mark.django_db
class TestReading:
    def test_lines_stand_by_workshop_and_add_up(self):
        cart, artisan = CartFactory(), ArtisanFactory()
        first = CartLineFactory(cart=cart, work__artisan=artisan, quantity=2)
        other = CartLineFactory(cart=cart, work__variant__price=40_000)
        second = CartLineFactory(cart=cart, work__artisan=artisan, work__variant__price=10_000)

        found = basket.read(cart)

        assert [[line.key for line in group.lines] for group in found.groups] == [
            [first.pk, second.pk],
            [other.pk],
        ]
        assert [group.goods for group in found.groups] == [310_000, 40_000]
        assert (found.goods, found.count, found.is_orderable) == (350_000, 4, True)
        assert found.pieces() == {
            first.variant_id: 2,
            other.variant_id: 1,
            second.variant_id: 1,
        }

    def test_an_empty_or_absent_cart_is_empty(self):
        for cart in (None, CartFactory()):
            found = basket.read(cart)
            assert (found.groups, found.count, found.goods) == ((), 0, 0)
            assert found.is_orderable is False

    @pytest.mark.parametrize(
        ("stock", "quantity", "problem"), [(2, 3, "Sisa 2."), (0, 1, "Habis.")]
    )
    def test_what_was_sold_meanwhile_is_said(self, stock, quantity, problem):
        line = CartLineFactory(quantity=quantity)
        Variant.objects.update(on_hand=stock)

        found = basket.read(line.cart)

        assert found.lines[0].problems == (problem,)
        assert found.is_orderable is False

    def test_what_is_gone_costs_nothing_and_its_price_is_no_news(self):
        line = CartLineFactory(price=1)
        Variant.objects.update(on_hand=0)

        found = basket.read(line.cart)

        assert (found.goods, found.parcels, found.lines[0].changes) == (0, [], ())

    def test_a_changed_price_must_be_accepted_first(self):
        line = CartLineFactory(price=140_000)

        with translation.override("en"):
            found = basket.read(line.cart)

        assert found.lines[0].changes == (
            "The price of one piece changed from Rp140.000 to Rp150.000.",
        )
        assert (found.goods, found.is_orderable) == (150_000, False)

    def test_a_closed_workshop_is_no_hindrance(self):
        today = timezone.localdate()
        line = CartLineFactory(work__artisan=ArtisanFactory(closed_from=today))

        found = basket.read(line.cart)

        assert found.groups[0].artisan.is_closed_today is True
        assert found.is_orderable is True


@pytest.mark.django_db
class TestAccepting:
    def test_prices_hold_as_shown_numbers_fit_and_what_is_gone_leaves(self):
        cart = CartFactory()
        dearer = CartLineFactory(cart=cart, price=99_000)
        fewer = CartLineFactory(cart=cart, quantity=3)
        gone = CartLineFactory(cart=cart)
        Variant.objects.filter(pk=fewer.variant_id).update(on_hand=2)
        Variant.objects.filter(pk=gone.variant_id).update(on_hand=0)

        carts.accept_changes(cart, {dearer.pk: 150_000})

        found = basket.read(cart)
        assert [(line.key, line.quantity) for line in found.lines] == [
            (dearer.pk, 1),
            (fewer.pk, 2),
        ]
        assert found.is_orderable is True

    def test_a_price_that_moved_again_meanwhile_is_said_again(self):
        line = CartLineFactory(price=99_000)

        carts.accept_changes(line.cart, {line.pk: 140_000})

        [seen] = basket.read(line.cart).lines
        assert seen.changes == ("Harga satuan berubah dari Rp140.000 menjadi Rp150.000.",)


@pytest.mark.django_db
class TestMerging:
    @pytest.fixture
    def both(self):
        """A guest's cart and an account's, with one work in common of which 3 are left."""
        guest, mine = CartFactory(), CartFactory(user=UserFactory())
        own = CartLineFactory(cart=mine, quantity=2)
        CartLineFactory(cart=guest, work=own.variant.product, quantity=2)
        CartLineFactory(cart=guest)
        return guest, mine

    def test_numbers_add_up_to_what_there_is_and_the_guest_s_cart_is_gone(self, both):
        guest, mine = both

        carts.merge(guest, mine)
        carts.merge(guest, mine)

        assert [line.quantity for line in mine.lines.all()] == [3, 1]
        assert Cart.objects.get() == mine

    def test_what_sold_out_meanwhile_is_kept_to_be_said(self, both):
        Variant.objects.update(on_hand=0)

        carts.merge(*both)

        assert [line.problems for line in basket.read(both[1]).lines] == [("Habis.",)] * 2


@pytest.mark.django_db
def test_carts_that_nobody_touched_for_thirty_days_are_forgotten():
    old, recent = CartLineFactory(), CartLineFactory()
    days = datetime.timedelta(days=30, minutes=1)
    Cart.objects.filter(pk=old.cart_id).update(touched_at=timezone.now() - days)

    forget_abandoned_carts(timestamp=0)

    assert Cart.objects.get() == recent.cart
    assert CartLine.objects.get() == recent
