"""Orders for tests, with sums that agree. Nothing here runs an act of the shop."""

import datetime
import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from catalogue import stock
from orders.models import CourierService, Order, OrderLine, Payment, SubOrder
from tests.factories import ArtisanFactory, ProductFactory

PRICE, SHIPPING = 150_000, 18_000  # rupiah: of each piece, of each parcel
INVOICED = {"paid", "paid_late", "on_hold", "refund_pending", "refunded"}
RELEASED = {"expired", "cancelled", "paid_late"}


class CourierServiceFactory(DjangoModelFactory):
    class Meta:
        model = CourierService

    code = factory.Sequence(lambda n: f"kurir-{n}")
    carrier = "Kurir Contoh"
    name = "Reguler"
    name_en = "Regular"


class OrderFactory(DjangoModelFactory):
    """An order without parts, of two pieces; its times and invoice fit its status."""

    class Meta:
        model = Order

    number = factory.Sequence(lambda n: f"KL-2611-{n:05}")
    idempotency_key = factory.LazyFunction(uuid.uuid4)
    name = "Retno Contoh"
    email = "retno@contoh.example"
    phone = "+6281234567890"
    status = Order.Status.PENDING
    goods = 2 * PRICE
    shipping = SHIPPING
    total = factory.LazyAttribute(lambda order: order.goods + order.shipping)
    placed_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda o: o.placed_at + datetime.timedelta(hours=24))
    paid_at = factory.LazyAttribute(lambda o: o.placed_at if o.status in INVOICED else None)
    released_at = factory.LazyAttribute(lambda o: o.expires_at if o.status in RELEASED else None)
    invoice_year = factory.LazyAttribute(lambda o: 2026 if o.status in INVOICED else None)
    invoice_number = factory.Sequence(lambda n: n + 1)

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        if kwargs["invoice_year"] is None:
            kwargs["invoice_number"] = None
        return kwargs


class SubOrderFactory(DjangoModelFactory):
    """A parcel without lines, of two pieces."""

    class Meta:
        model = SubOrder

    order = factory.SubFactory(OrderFactory)
    artisan = factory.SubFactory(ArtisanFactory)
    delivery = SubOrder.Delivery.COURIER
    service = factory.SubFactory(CourierServiceFactory)
    service_name = "Kurir Contoh Reguler"
    goods = 2 * PRICE
    shipping = SHIPPING
    total = factory.LazyAttribute(lambda part: part.goods + part.shipping)
    weight_g = 800
    chargeable_g = 1000
    lead_days = 2
    arrives_from = datetime.date(2026, 11, 28)
    arrives_to = datetime.date(2026, 11, 30)


class OrderLineFactory(DjangoModelFactory):
    """Two pieces of a published work."""

    class Meta:
        model = OrderLine

    suborder = factory.SubFactory(SubOrderFactory)
    variant = factory.LazyAttribute(
        lambda line: ProductFactory(artisan=line.suborder.artisan).variants.get()
    )
    name = factory.SelfAttribute("variant.product.name")
    sku = factory.SelfAttribute("variant.sku")
    slug = factory.SelfAttribute("variant.product.slug")
    maker = factory.SelfAttribute("suborder.artisan.name")
    weight_g = 400
    supply = factory.SelfAttribute("variant.supply")
    seller = factory.SelfAttribute("suborder.artisan.name")
    list_price = PRICE
    unit_price = factory.SelfAttribute("list_price")
    quantity = 2
    total = factory.LazyAttribute(lambda line: line.unit_price * line.quantity)


class PaymentFactory(DjangoModelFactory):
    """An attempt by transfer that waits."""

    class Meta:
        model = Payment

    order = factory.SubFactory(OrderFactory)
    attempt = 1
    method = Payment.Method.TRANSFER
    reference = factory.LazyAttribute(lambda payment: f"{payment.order.number}-{payment.attempt}")
    unique_code = factory.Sequence(lambda n: n % 999 + 1)
    amount = factory.LazyAttribute(lambda payment: payment.order.total + payment.unique_code)
    status = Payment.Status.PENDING
    expires_at = factory.SelfAttribute("order.expires_at")


def place(parts: int = 1, lines: int = 1, **fields: object) -> Order:
    """A whole order: its pieces are reserved while it holds them, its sums agree throughout."""
    goods = parts * lines * 2 * PRICE
    order = OrderFactory(goods=goods, shipping=parts * SHIPPING, **fields)
    status = "cancelled" if order.status in RELEASED else "ready" if order.paid_at else "waiting"
    pieces = {}
    for _ in range(parts):
        part = SubOrderFactory(order=order, goods=lines * 2 * PRICE, status=status)
        for line in OrderLineFactory.create_batch(lines, suborder=part):
            pieces[line.variant_id] = line.quantity
    if order.is_unpaid:
        stock.reserve(pieces)
    order.record("", order.status, source="buyer")
    return order
