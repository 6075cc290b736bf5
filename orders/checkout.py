"""Placing an order: everything is promised and written down, or nothing is."""

import datetime
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Sum, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Document, User
from catalogue import stock
from catalogue.models import Variant
from orders import basket, keepsakes, letters, numbers, paying, totals
from orders.basket import Basket, Line
from orders.delivery import Place
from orders.models import (
    Cart,
    Destination,
    Order,
    OrderEvent,
    OrderLine,
    OrderMessage,
    Payment,
    SalesPolicy,
    SubOrder,
)
from orders.totals import Part, Totals, Wishes


@dataclass(frozen=True, slots=True)
class Purchase:
    """All that the buyer said at checkout. `shown_total` is the sum in rupiah they agreed to.

    `key` is the idempotency key that the form carried. Without a destination
    everything is collected in person. `notes` are for the makers, by key.
    """

    key: uuid.UUID
    name: str
    phone: str
    email: str
    language: str
    method: Payment.Method
    shown_total: int
    place: Place | None
    destination: Destination | None
    wishes: Wishes
    notes: Mapping[int, str] = field(default_factory=dict)
    gift_note: str = ""
    user: User | None = None
    terms: Document | None = None
    privacy: Document | None = None


class CheckoutRefused(Exception):
    """No order was made and nothing is promised. The text tells the buyer why."""


class CartEmpty(CheckoutRefused):
    """There is nothing to order, and the key belongs to no order either."""


class NotOrderable(CheckoutRefused):
    """Some lines cannot be had as they are; `basket` says which, and what can."""

    def __init__(self, found: Basket) -> None:
        super().__init__(_("Some works in your cart are no longer to be had as you chose them."))
        self.basket = found


class TotalChanged(CheckoutRefused):
    """The sum is another than the buyer saw; it is never charged unsaid."""

    def __init__(self, found: Totals) -> None:
        super().__init__(_("The total has changed. Look at it again before you order."))
        self.totals = found


class NoDelivery(CheckoutRefused):
    """A parcel has no way to its buyer."""


class TooMuchUnpaid(CheckoutRefused):
    """The buyer holds as much unpaid as one buyer may."""


@transaction.atomic
def place(cart_id: int, purchase: Purchase) -> Order:
    """Make the order of a cart, once for each key.

    A second call with the same key and cart returns the same order: a double
    click, the back button and a retry after a lost answer all end there. Locks
    are taken in one order: cart, buyer, variants by key. Raises CheckoutRefused
    in its kinds, and what `paying.open_attempt` raises.
    """
    cart = Cart.objects.select_for_update().get(pk=cart_id)
    made = Order.objects.filter(idempotency_key=purchase.key, cart=cart).first()
    if made:
        return made
    policy = SalesPolicy.objects.current()
    _lock_buyer(purchase)
    stock.lock(cart.lines.values_list("variant", flat=True))
    found = _orderable(cart)
    _check_unpaid(purchase, found, policy)
    reckoned = _agreed(purchase, found, policy)
    _promise(cart, found)
    order = _write(cart, purchase, reckoned, policy)
    cart.lines.all().delete()
    cart.checkout_key = uuid.uuid4()
    cart.save(update_fields=["checkout_key", "touched_at"])
    return order


def _lock_buyer(purchase: Purchase) -> None:
    """Let one buyer place one order at a time, so that limits hold under races."""
    for contact in sorted({purchase.phone, purchase.email.lower()} - {""}):
        digest = hashlib.sha256(contact.encode()).digest()[:8]
        key = int.from_bytes(digest, "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _orderable(cart: Cart) -> Basket:
    found = basket.read(cart)
    if not found.groups:
        raise CartEmpty(_("Your cart is empty."))
    if not found.is_orderable:
        raise NotOrderable(found)
    return found


def _check_unpaid(purchase: Purchase, found: Basket, policy: SalesPolicy) -> None:
    """Keep one buyer from holding the shelves without paying."""
    unpaid = Order.objects.unpaid().of_contact(purchase.email, purchase.phone)
    if unpaid.count() >= policy.max_unpaid_orders:
        raise TooMuchUnpaid(
            _("You have %(count)s orders that wait for payment. Pay or cancel one of them first.")
            % {"count": policy.max_unpaid_orders}
        )
    held = dict(
        OrderLine.objects.filter(suborder__order__in=unpaid)
        .values_list("variant")
        .annotate(pieces=Sum("quantity"))
        .order_by()
    )
    for line in found.lines:
        most = _most_unpaid(line.variant, policy)
        if most and held.get(line.variant.pk, 0) + line.quantity > most:
            raise TooMuchUnpaid(
                _("Of %(name)s at most %(count)s can wait for payment.")
                % {"name": line.product.tr("name"), "count": most}
            )


def _most_unpaid(variant: Variant, policy: SalesPolicy) -> int | None:
    """Pieces of one variant that may wait; None where no stock is held.

    A work that names its own most per order may be held up to that.
    """
    if variant.supply == Variant.Supply.MADE_TO_ORDER:
        return None
    named = variant.max_order or variant.product.max_order or 0
    return max(policy.max_unpaid_units, named, variant.product.min_order)


def _agreed(purchase: Purchase, found: Basket, policy: SalesPolicy) -> Totals:
    """Reckon again, and make sure it is what the buyer saw and chose."""
    reckoned = totals.reckon(found, purchase.place, purchase.wishes, policy)
    if not reckoned.is_complete:
        raise NoDelivery(_("Choose how each parcel comes to you."))
    if reckoned.needs_address and purchase.destination is None:
        raise NoDelivery(_("Give the address to send to."))
    if reckoned.total != purchase.shown_total or not reckoned.matches(purchase.wishes):
        raise TotalChanged(reckoned)
    return reckoned


def _promise(cart: Cart, found: Basket) -> None:
    try:
        stock.reserve(found.pieces())
    except stock.SoldOut as sold_out:
        raise NotOrderable(basket.read(cart)) from sold_out


def _write(cart: Cart, purchase: Purchase, reckoned: Totals, policy: SalesPolicy) -> Order:
    now = timezone.now()
    key = numbers.next_key()
    order = Order.objects.create(
        pk=key,
        number=numbers.order_number(key),
        idempotency_key=purchase.key,
        cart=cart,
        user=purchase.user,
        language=purchase.language,
        name=purchase.name,
        email=purchase.email.lower(),
        phone=purchase.phone,
        gift_note=purchase.gift_note,
        terms=purchase.terms,
        privacy=purchase.privacy,
        placed_at=now,
        expires_at=now + _time_to_pay(purchase.method, policy),
        goods=reckoned.goods,
        shipping=reckoned.shipping,
        insurance=reckoned.insurance,
        tax=reckoned.tax,
        total=reckoned.total,
    )
    if purchase.destination and reckoned.needs_address:
        purchase.destination.order = order
        purchase.destination.save(force_insert=True)
    event = order.record("", Order.Status.PENDING, source=OrderEvent.Source.BUYER)
    works = [line.product for part in reckoned.parts for line in part.group.lines]
    prefetch_related_objects(works, "techniques")
    for part in reckoned.parts:
        _write_part(order, part, purchase.notes.get(part.artisan.pk, ""))
    paying.open_attempt(order, purchase.method)
    keepsakes.queue(order)
    letters.queue(order, OrderMessage.Kind.PLACED, event)
    return order


def _time_to_pay(method: Payment.Method, policy: SalesPolicy) -> datetime.timedelta:
    at_gateway = method == Payment.Method.MIDTRANS
    return datetime.timedelta(
        minutes=policy.gateway_minutes if at_gateway else policy.transfer_minutes
    )


def _write_part(order: Order, part: Part, note: str) -> None:
    chosen = part.chosen
    assert chosen is not None  # noqa: S101  reckoned.is_complete
    suborder = SubOrder.objects.create(
        order=order,
        artisan=part.artisan,
        delivery=part.delivery,
        service=chosen.service,
        service_name=chosen.label,
        weight_g=part.parcel.weight_g,
        chargeable_g=int(chosen.offer.chargeable_kg * 1000) if chosen.offer else 0,
        is_insured=part.is_insured,
        lead_days=part.lead_days,
        arrives_from=chosen.arrives_from,
        arrives_to=chosen.arrives_to,
        note=note,
        goods=part.goods,
        shipping=part.shipping,
        insurance=part.insurance,
        tax=part.tax,
        total=part.total,
    )
    order.record("", SubOrder.Status.WAITING, source=OrderEvent.Source.BUYER, suborder=suborder)
    OrderLine.objects.bulk_create(_frozen(suborder, line) for line in part.group.lines)


def _frozen(suborder: SubOrder, line: Line) -> OrderLine:
    """Copy everything that was said of the work, so that later edits change no order."""
    product, variant = line.product, line.variant
    techniques = list(product.techniques.all())
    cover = product.cover
    return OrderLine(
        suborder=suborder,
        variant=variant,
        name=product.name,
        name_en=product.name_en,
        sku=variant.sku,
        options=" · ".join(filter(None, (variant.option1, variant.option2))),
        options_en=" · ".join(filter(None, (variant.option1_en, variant.option2_en))),
        slug=product.slug,
        maker=product.artisan.name,
        technique=", ".join(technique.name for technique in techniques)[:200],
        technique_en=", ".join(t.name_en or t.name for t in techniques)[:200],
        photo=cover.picture_name(keepsakes.WIDTH) if cover else "",
        weight_g=product.packed_weight_g,
        supply=variant.supply,
        seller=product.artisan.name,
        list_price=line.list_price,
        unit_price=line.unit_price,
        quantity=line.quantity,
        total=line.total,
    )
