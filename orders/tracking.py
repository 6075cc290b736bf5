"""What a buyer sees of an order: who may look, where it goes, what it costs."""

import hmac
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import to_python

from lumajang_crafts.lib import ratelimit
from orders import attempts, links
from orders.models import Order

LOOKS, LOOKS_PERIOD = 120, 600  # pages, seconds: of one client, right links and guesses together
SEARCHES, SEARCHES_PERIOD = 10, 3600


def may_look(client: str) -> bool:
    return ratelimit.is_allowed("order", client, most=LOOKS, seconds=LOOKS_PERIOD)


def may_search(client: str) -> bool:
    return ratelimit.is_allowed("track", client, most=SEARCHES, seconds=SEARCHES_PERIOD)


def by_link(number: str, token: str) -> Order | None:
    """The order that this link opens. An unknown number costs the same work as a wrong token."""
    order = Order.objects.filter(number=number).first()
    opens = links.is_valid(order or Order(), token)
    return order if opens else None


def by_contact(number: str, contact: str) -> Order | None:
    """The order with this number, if it is the caller's by e-mail address or mobile number.

    Whatever is wrong, the same is done: one query, both comparisons.
    """
    order = Order.objects.filter(number=number.strip().upper()).first()
    known = order or Order(email="", phone="")
    email, phone = contact.strip().lower(), str(to_python(contact.strip()) or "")
    is_theirs = _same(email, known.email) | _same(phone, str(known.phone))
    return order if is_theirs else None


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode(), kept.encode()) and bool(kept)


def whole(order: Order) -> Order:
    """The same order with everything that its page reads."""
    return Order.objects.for_page().get(pk=order.pk)


def address_lines(order: Order) -> list[str]:
    """Where it goes, line by line; nothing while nothing is sent."""
    destination = getattr(order, "destination", None)
    return destination.lines() if destination else []


def sums(order: Order) -> list[tuple[str, int]]:
    """The parts of the total, in rupiah, as far as there are any."""
    parcels = len([part for part in order.suborders.all() if part.delivery != "pickup"])
    delivery = ngettext("Delivery, %d parcel", "Delivery, %d parcels", parcels) % parcels
    rows = [
        (_("Works"), order.goods),
        (delivery, order.shipping),
        (_("Insurance"), order.insurance),
        (_("Value added tax"), order.tax),
        (_("Discount"), -order.discount),
        (_("Unique code"), attempts.unique_code(order)),
    ]
    return [(label, amount) for label, amount in rows if amount]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a buyer keeps the link: it is the key to the order, so only they send it on."""

    address: str
    title: str
    whatsapp: str


def keeping(order: Order) -> Keeping:
    address = links.address(order)
    title = _("Order %(number)s") % {"number": order.number}
    passed_on = quote(f"{title}\n{address}")
    return Keeping(address, title, f"https://wa.me/?text={passed_on}")
