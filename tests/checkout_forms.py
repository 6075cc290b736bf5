"""What a buyer sends at checkout, for tests: complete, so that each test spoils one thing."""

from decimal import Decimal

from django.conf import settings
from django.core import signing
from django.utils import timezone

from orders import cart_cookie
from orders.models import BankAccount, Cart, CourierService, QrisCode, Rate, Zone
from tests.factories import DocumentFactory, UserFactory, tempeh
from tests.order_factories import CartFactory, CartLineFactory

POSTAGE = 13_000  # rupiah a kilo to Tempeh


def couriers() -> CourierService:
    """One service that goes to East Java: 13,000 rupiah a kilo, two to three days."""
    service = CourierService.objects.create(
        code="contoh",
        carrier="Kurir Contoh",
        name="Reguler",
        name_en="Regular",
        tolerance_kg=Decimal("0.3"),
        insurance_min=5_000,
    )
    zone = Zone.objects.create(code="jatim", name="Jawa Timur", areas=["35"])
    Rate.objects.create(
        service=service,
        zone=zone,
        first_price=POSTAGE,
        next_price=POSTAGE,
        days_min=2,
        days_max=3,
    )
    return service


def receiving() -> None:
    """An account and a QRIS code that two people agreed on."""
    proposer, approver = UserFactory(), UserFactory()
    agreed = {
        "proposed_by": proposer,
        "approved_by": approver,
        "approved_at": timezone.now(),
    }
    BankAccount.objects.create(bank="Bank Contoh", number="000", holder="CONTOH", **agreed)
    QrisCode.objects.create(
        payload="contoh", merchant_name="CONTOH", city="LUMAJANG", nmid="ID0", **agreed
    )


def shop() -> None:
    """All that selling needs beside works: a district, couriers, documents, an account."""
    premises()
    receiving()


def premises() -> None:
    """The same without any place for money."""
    tempeh()
    couriers()
    DocumentFactory(kind="terms")
    DocumentFactory(kind="privacy")


def cart_of(makers: int = 1, user=None, **line) -> Cart:
    """A cart with one piece from each of so many workshops."""
    cart = CartFactory(user=user)
    CartLineFactory.create_batch(makers, cart=cart, **line)
    return cart


def carry(client, cart: Cart) -> None:
    """Give the browser the guest's cart."""
    key = signing.dumps((cart.key, cart.lines.count(), 0), salt=cart_cookie.SALT)
    client.cookies[settings.CART_COOKIE_NAME] = key


def filled(cart: Cart, **changes: object) -> dict[str, object]:
    """A form as a guest sends it who saw the total; by courier to Tempeh, by transfer."""
    lines = cart.lines.select_related("variant__product__artisan")
    goods = sum(line.price_seen * line.quantity for line in lines)
    makers = sorted({line.variant.product.artisan_id for line in lines})
    sent = {
        "intent": "place",
        "key": str(cart.checkout_key),
        "shown_total": goods + POSTAGE * len(makers),
        "name": "Retno Contoh",
        "mobile": "0812-3456-7890",
        "email": "retno@contoh.example",
        "receive": "send",
        "country": "ID",
        "province": "35",
        "regency": "35.08",
        "district": "35.08.05",
        "village": "Tempeh Lor",
        "street": "Jalan Kenanga 14",
        "postcode": "67371",
        "method": "transfer",
        "terms": "2026-01",
        "privacy": "2026-01",
        "consent": "on",
    }
    sent |= {f"way_{maker}": "contoh" for maker in makers}
    sent |= changes
    return {name: value for name, value in sent.items() if value is not None}
