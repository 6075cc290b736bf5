"""Many orders at once, written straight into the tables as checkout writes them."""

import datetime
import uuid

from django.db.models import F
from django.utils import timezone

from catalogue import stock
from catalogue.models import StockMovement, Variant
from orders import numbers
from orders.models import (
    InvoiceCounter,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    PaymentEvent,
    SubOrder,
)


def unpaid_orders(variant, count, *, method="midtrans", quantity=1, expires_in=3600):
    """Orders of so many pieces of one variant each, promised and waiting for payment."""
    stock.reserve({variant.pk: count * quantity})
    now = timezone.now()
    total = variant.price * quantity
    product = variant.product
    orders = []
    for place in range(count):
        key = numbers.next_key()
        orders.append(
            Order(
                pk=key,
                number=numbers.order_number(key),
                idempotency_key=uuid.uuid4(),
                name="Bu Contoh",
                email=f"pembeli{place}@contoh.example",
                phone="+6281234567890",
                goods=total,
                total=total,
                placed_at=now,
                expires_at=now + datetime.timedelta(seconds=expires_in),
            )
        )
    Order.objects.bulk_create(orders)
    parts = SubOrder.objects.bulk_create(
        SubOrder(
            order=order,
            artisan=product.artisan,
            delivery="pickup",
            weight_g=product.packed_weight_g,
            lead_days=2,
            goods=total,
            total=total,
        )
        for order in orders
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            suborder=part,
            variant=variant,
            name=product.name,
            sku=variant.sku,
            slug=product.slug,
            maker=product.artisan.name,
            seller=product.artisan.name,
            weight_g=product.packed_weight_g,
            supply=variant.supply,
            list_price=variant.price,
            unit_price=variant.price,
            quantity=quantity,
            total=total,
        )
        for part in parts
    )
    source = OrderEvent.Source.BUYER
    OrderEvent.objects.bulk_create(
        event
        for order, part in zip(orders, parts, strict=True)
        for event in (
            OrderEvent(order=order, sequence=1, after="pending", source=source),
            OrderEvent(order=order, suborder=part, sequence=2, after="waiting", source=source),
        )
    )
    Payment.objects.bulk_create(
        Payment(
            order=order,
            attempt=1,
            method=method,
            reference=f"{order.number}-1",
            amount=total + (place + 1 if method != "midtrans" else 0),
            unique_code=place + 1 if method != "midtrans" else 0,
            status="pending",
            expires_at=order.expires_at,
        )
        for place, order in enumerate(orders)
    )
    return orders


def paid_orders(variant, count):
    """As many orders that were paid at the gateway, as settlement leaves them."""
    orders = unpaid_orders(variant, count)
    now, year = timezone.now(), timezone.localdate().year
    counter, _ = InvoiceCounter.objects.get_or_create(year=year)
    for number, order in enumerate(orders, counter.last + 1):
        order.status, order.paid_at = "paid", now
        order.invoice_year, order.invoice_number = year, number
    InvoiceCounter.objects.filter(pk=year).update(last=counter.last + count)
    stamps = ["status", "paid_at", "invoice_year", "invoice_number"]
    Order.objects.bulk_update(orders, stamps, batch_size=2_000)
    parts = SubOrder.objects.filter(order__in=orders)
    parts.update(status="ready")
    source = OrderEvent.Source.GATEWAY
    OrderEvent.objects.bulk_create(
        OrderEvent(
            order_id=part.order_id,
            suborder=part,
            sequence=3,
            before="waiting",
            after="ready",
            source=source,
        )
        for part in parts
    )
    OrderEvent.objects.bulk_create(
        OrderEvent(order=order, sequence=4, before="pending", after="paid", source=source)
        for order in orders
    )
    payments = Payment.objects.filter(order__in=orders)
    payments.update(status="paid", received=F("amount"))
    PaymentEvent.objects.bulk_create(
        PaymentEvent(payment=payment, key="t", state="paid", source="poll") for payment in payments
    )
    StockMovement.objects.bulk_create(
        StockMovement(variant=variant, reason="sold", quantity=-1, note=order.number)
        for order in orders
    )
    Variant.objects.filter(pk=variant.pk).update(
        reserved=F("reserved") - count, on_hand=F("on_hand") - count
    )
    return orders
