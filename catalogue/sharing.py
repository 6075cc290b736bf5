"""How a work is asked about and passed on: plain links that carry its name and address."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Product, Variant
from lumajang_crafts.lib.money import rupiah
from lumajang_crafts.lib.site import absolute


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where the buttons lead. `ask` is outside the site unless the council set no contact."""

    ask: str
    is_whatsapp: bool
    address: str
    title: str
    whatsapp: str


def links(product: Product, variant: Variant | None) -> Sharing:
    """Ask the council by WhatsApp, else by e-mail, else on the contact page."""
    house, name = settings.SITE, product.tr("name")
    if variant is not None and variant.label:
        name = f"{name} ({variant.label})"
    address = absolute(product.get_absolute_url())
    asked = f"{address}?sku={variant.sku}" if variant is not None and variant.label else address
    question = _("Hello, I have a question about “%(name)s”.") % {"name": name} + f"\n{asked}"
    ask = reverse("contact")
    if house["whatsapp"]:
        ask = f"https://wa.me/{house['whatsapp']}?text={quote(question)}"
    elif house["email"]:
        ask = f"mailto:{house['email']}?subject={quote(name)}&body={quote(question)}"
    title = f"{product.tr('name')}, {rupiah(product.price_min or 0)}"
    passed_on = quote(f"{title}\n{address}")
    return Sharing(ask, bool(house["whatsapp"]), address, title, f"https://wa.me/?text={passed_on}")
