"""What tests/crash_shop.py can do. Each act yields the lines it prints."""

import itertools
import uuid

from catalogue import stock
from catalogue.models import Variant
from orders import checkout, invariants, letters, releasing, settlement
from orders.models import Cart, Order, OrderMessage, Payment, PaymentEvent, SalesPolicy
from orders.payments.base import Report, State
from orders.totals import Wishes
from tests.crash_shop import KEYS
from tests.factories import ProductFactory

PIECES = 100_000


def seed(_number):
    """Two workshops with one work each, from stock, and rules that let one buyer order often."""
    SalesPolicy.objects.create(max_unpaid_orders=30_000, max_unpaid_units=30_000)
    for sku in ("KAIN", "BESEK"):
        ProductFactory(variant__sku=sku, variant__on_hand=0)
    for variant in Variant.objects.all():
        stock.move(variant.pk, PIECES, "received")
    yield "seeded"


def buy(number):
    """Fill the cart of one buyer, unless that was done, and order it with the key of that cart."""
    key = uuid.UUID(int=KEYS.int + number)
    cart, is_new = Cart.objects.get_or_create(key=f"cart-{number}", defaults={"checkout_key": key})
    if is_new:
        for variant in Variant.objects.order_by("pk"):
            cart.lines.create(variant=variant, quantity=1, price_seen=variant.price)
    order = checkout.place(cart.pk, purchase(key, number))
    yield f"thanks {number} {order.number}"


def purchase(key, number):
    artisans = Variant.objects.values_list("product__artisan", flat=True)
    return checkout.Purchase(
        key=key,
        name="Bu Contoh",
        phone=f"+62812{number:08}",
        email=f"pembeli{number}@contoh.example",
        language="id",
        method=Payment.Method.MIDTRANS,
        shown_total=sum(Variant.objects.values_list("price", flat=True)),
        place=None,
        destination=None,
        wishes=Wishes(codes=dict.fromkeys(artisans, "pickup")),
    )


def order_of(number):
    return Order.objects.get(idempotency_key=uuid.UUID(int=KEYS.int + number))


def pay(number):
    """Hear from the gateway that this buyer's order is paid."""
    payment = order_of(number).payments.get()
    report = Report(
        reference=payment.reference,
        state=State.PAID,
        amount=payment.amount,
        transaction_id=f"transaction-{number}",
        raw_status="settlement",
    )
    settlement.apply(payment.pk, report, PaymentEvent.Source.NOTICE)
    yield f"paid {number}"


def expire(number):
    """Let the time of this buyer's order run out, and sweep."""
    order = order_of(number)
    Order.objects.filter(pk=order.pk).update(expires_at=order.placed_at)
    releasing.expire(order.pk)
    yield f"expired {number}"


def send(_number):
    for message in OrderMessage.objects.filter(sent_at=None):
        letters.send(message.pk)
        yield f"sent {message.key}"


def crowd(number):
    """Buy without end, each with a cart of its own; the line is written once the buyer knows."""
    for turn in itertools.count(number * 100_000):
        yield from buy(turn)


def check(_number):
    for fault in invariants.faults(at_rest=True):
        yield f"fault {fault.invariant.ids}: {fault.invariant.rule}: {fault.row}"
    yield "checked"
