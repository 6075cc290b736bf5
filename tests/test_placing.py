"""The act of ordering: once for each key, all or nothing, frozen, to the rupiah."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import PriceTier, StockMovement, Variant
from orders import basket, checkout, invariants, paying, totals
from orders.checkout import Purchase
from orders.delivery import PICKUP, Place
from orders.models import Cart, Destination, Order, OrderLine, Payment, SalesPolicy, SubOrder
from orders.totals import Wishes
from tests.checkout_forms import POSTAGE, cart_of, shop
from tests.factories import ArtisanFactory
from tests.order_factories import CartFactory, CartLineFactory, PriceTierFactory

pytestmark = pytest.mark.django_db
TEMPEH = Place("ID", "35.08.05")


@pytest.fixture(autouse=True)
def selling():
    shop()


def purchase(cart: Cart, **changes: object) -> Purchase:
    """What a guest wishes who saw the total; everything by courier."""
    makers = {line.variant.product.artisan_id for line in cart.lines.all()}
    wishes = changes.pop("wishes", Wishes(codes=dict.fromkeys(makers, "contoh")))
    found = totals.reckon(basket.read(cart), TEMPEH, wishes, SalesPolicy.objects.current())
    wanted = Purchase(
        key=cart.checkout_key,
        name="Retno Contoh",
        phone="+6281234567890",
        email="Retno@Contoh.example",
        language="id",
        method=Payment.Method.TRANSFER,
        shown_total=found.total,
        place=TEMPEH,
        destination=Destination(
            recipient="Retno Contoh",
            phone="+6281234567890",
            region_id="35.08.05",
            village="Tempeh Lor",
            street="Jalan Kenanga 14",
            postcode="67371",
        ),
        wishes=wishes,
    )
    return dataclasses.replace(wanted, **changes)


def agree() -> None:
    """Every rule that the whole database must obey; the factories' pieces were received."""
    for variant in Variant.objects.exclude(on_hand=0):
        StockMovement.objects.create(
            variant=variant, reason="received", quantity=variant.on_hand, note="contoh"
        )
    assert list(invariants.faults(at_rest=True)) == []


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
