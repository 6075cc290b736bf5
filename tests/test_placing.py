"""The act of ordering: once for each key, all or nothing, frozen, to the rupiah."""

import pytest

from catalogue.models import PriceTier, Variant
from orders import checkout, paying
from orders.models import Order, OrderLine, SalesPolicy
from tests.checkout_forms import cart_of
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory
from tests.placing_rows import agree, purchase, selling

__all__ = ["selling"]  # fixtures


pytestmark = pytest.mark.django_db


class TestOnce:
    def test_the_same_key_is_the_same_order(self):
        cart = cart_of()
        wanted = purchase(cart)

        first, again = checkout.place(cart.pk, wanted), checkout.place(cart.pk, wanted)

        assert again == first
        assert Order.objects.count() == 1
        assert Variant.objects.get().reserved == 1

    def test_the_cart_goes_on_empty_with_a_new_key(self):
        cart = cart_of()
        key = cart.checkout_key
        checkout.place(cart.pk, purchase(cart))
        cart.refresh_from_db()

        assert cart.lines.exists() is False
        assert cart.checkout_key != key


class TestAllOrNothing:
    @pytest.mark.parametrize("spoilt", ["reserve", "open_attempt", "queue"])
    def test_a_failure_at_any_step_leaves_nothing_behind(self, monkeypatch, spoilt):
        cart = cart_of(2)
        wanted = purchase(cart)

        def fail(*args, **kwargs):
            raise RuntimeError(spoilt)

        place = {"reserve": checkout.stock, "open_attempt": paying, "queue": checkout.letters}
        monkeypatch.setattr(place[spoilt], spoilt, fail)
        with pytest.raises(RuntimeError):
            checkout.place(cart.pk, wanted)

        assert Order.objects.exists() is False
        assert Variant.objects.exclude(reserved=0).exists() is False
        assert cart.lines.count() == 2

    def test_one_work_that_is_gone_stops_the_others_too(self):
        cart = cart_of(2)
        wanted = purchase(cart)
        Variant.objects.filter(pk=cart.lines.first().variant_id).update(on_hand=0)

        with pytest.raises(checkout.NotOrderable) as refusal:
            checkout.place(cart.pk, wanted)

        assert [bool(line.problems) for line in refusal.value.basket.lines] == [True, False]
        assert Variant.objects.exclude(reserved=0).exists() is False

    def test_another_total_than_agreed_is_refused(self):
        cart = cart_of()
        wanted = purchase(cart, shown_total=1)

        with pytest.raises(checkout.TotalChanged) as refusal:
            checkout.place(cart.pk, wanted)

        assert refusal.value.totals.total == 163_000
        assert Order.objects.exists() is False

    def test_an_empty_cart_makes_no_order(self):
        cart = CartFactory()

        with pytest.raises(checkout.CartEmpty):
            checkout.place(cart.pk, purchase(cart))

    def test_without_a_way_or_an_address_nothing_is_ordered(self):
        cart = cart_of()

        with pytest.raises(checkout.NoDelivery):
            checkout.place(cart.pk, purchase(cart, destination=None))
        with pytest.raises(checkout.NoDelivery):
            checkout.place(cart.pk, purchase(cart, place=None))


class TestFrozen:
    def test_later_edits_change_no_order(self):
        cart = cart_of()
        order = checkout.place(cart.pk, purchase(cart))
        line = OrderLine.objects.get(suborder__order=order)
        product = line.variant.product
        told = {
            "name": product.name,
            "maker": product.artisan.name,
            "weight_g": 400,
            "unit_price": 150_000,
            "sku": line.variant.sku,
            "slug": product.slug,
            "technique": product.techniques.get().name,
            "photo": "photos/contoh.webp",
        }
        product.name, product.slug, product.packed_weight_g = "Lain", "lain", 9_000
        product.save()
        product.techniques.clear()
        product.photos.all().delete()
        Variant.objects.update(price=1, sku="LAIN")
        product.artisan.name = "Sanggar lain"
        product.artisan.save()
        line.refresh_from_db()

        assert {name: getattr(line, name) for name in told} == told
        order.refresh_from_db()
        assert order.total == 163_000

    def test_the_price_of_many_is_frozen(self):
        cart = CartFactory()
        line = CartLineFactory(cart=cart, quantity=10, price=120_000, work__variant__on_hand=20)
        PriceTierFactory(variant=line.variant)
        SalesPolicy.objects.create(max_unpaid_units=10)
        order = checkout.place(cart.pk, purchase(cart))
        PriceTier.objects.all().delete()
        frozen = OrderLine.objects.get(suborder__order=order)

        assert (frozen.list_price, frozen.unit_price, frozen.total) == (
            150_000,
            120_000,
            1_200_000,
        )
        assert order.goods == 1_200_000


class TestStock:
    def test_the_only_piece_is_promised_to_one_buyer(self):
        unique = {"work__variant__supply": "one_of_a_kind", "work__variant__on_hand": 1}
        first = CartFactory()
        line = CartLineFactory(cart=first, **unique)
        second = CartFactory()
        CartLineFactory(cart=second, work=line.variant.product)
        wanted = purchase(second, phone="+6281300000000", email="")
        checkout.place(first.pk, purchase(first))

        with pytest.raises(checkout.NotOrderable):
            checkout.place(second.pk, wanted)

        assert Variant.objects.get().reserved == 1
        agree()

    def test_what_is_made_to_order_holds_no_stock(self):
        made = {
            "work__variant__supply": "made_to_order",
            "work__variant__on_hand": 0,
            "work__variant__max_order": 4,
        }
        cart = CartFactory()
        CartLineFactory(cart=cart, quantity=3, **made)
        order = checkout.place(cart.pk, purchase(cart))

        assert Variant.objects.get().reserved == 0
        assert OrderLine.objects.get(suborder__order=order).quantity == 3
        agree()


class TestLimits:
    @pytest.mark.parametrize(
        ("phone", "email"),
        [("+6281234567890", ""), ("+6281399999999", "RETNO@contoh.example")],
    )
    def test_one_buyer_holds_no_more_than_so_many_unpaid(self, phone, email):
        SalesPolicy.objects.create(max_unpaid_orders=1)
        first, second = cart_of(), cart_of()
        checkout.place(first.pk, purchase(first))

        with pytest.raises(checkout.TooMuchUnpaid):
            checkout.place(second.pk, purchase(second, phone=phone, email=email))

        other = purchase(second, phone="+6281300000000", email="lain@contoh.example")
        assert checkout.place(second.pk, other)

    def test_pieces_of_one_work_add_up_over_orders(self):
        SalesPolicy.objects.create(max_unpaid_units=3)
        first = CartFactory()
        line = CartLineFactory(cart=first, quantity=2, work__variant__on_hand=9)
        second = CartFactory()
        CartLineFactory(cart=second, work=line.variant.product, quantity=2)
        checkout.place(first.pk, purchase(first))

        with pytest.raises(checkout.TooMuchUnpaid):
            checkout.place(second.pk, purchase(second))
