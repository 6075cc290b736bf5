"""Orders that wait for money, and where it may go."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from orders import links
from orders.models import BankAccount, Order, Payment, QrisCode
from tests.factories import UserFactory
from tests.gateway import client_of
from tests.order_rows import place
from tests.test_pictures import drawn

STATIC = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204594753033605802ID5919DEKRANASDA LUMAJANG"
    "6008LUMAJANG61056731663044D38"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def approved(row):
    """The same place for money, proposed and approved by two people."""
    row.proposed_by, row.approved_by = UserFactory(), UserFactory()
    row.approved_at = timezone.now()
    row.save()
    return row


def account(**fields) -> BankAccount:
    holder = {"bank": "Bank Contoh", "number": "0123456789", "holder": "Dekranasda Contoh"}
    return approved(BankAccount(**{**holder, **fields}))


def qris_code() -> QrisCode:
    merchant = {"merchant_name": "DEKRANASDA LUMAJANG", "city": "LUMAJANG"}
    return approved(QrisCode(payload=STATIC, nmid="ID1020000000001", **merchant))


def awaiting(method: str = "transfer", **fields) -> Payment:
    """The only attempt of a fresh order; of a gateway's, not begun there."""
    order = place(**fields)
    code = 0 if method == "midtrans" else order.pk % 999 + 1
    return Payment.objects.create(
        order=order,
        attempt=1,
        method=method,
        reference=f"{order.number}-1",
        unique_code=code,
        amount=order.total + code,
        status="new" if method == "midtrans" else "pending",
        expires_at=order.expires_at,
    )


def use(serving, monkeypatch) -> None:
    """Let the shop pay at this stand-in, which tells nothing by itself."""
    monkeypatch.setattr("orders.standin.post.Post.send", lambda *arguments: None)
    monkeypatch.setattr("orders.payments.drivers.gateway", lambda: client_of(serving))


def late(payment: Payment, **ago) -> Payment:
    """The same attempt, its order's time over since then."""
    end = timezone.now() - datetime.timedelta(**(ago or {"minutes": 1}))
    Order.objects.filter(pk=payment.order_id).update(expires_at=end)
    Payment.objects.filter(pk=payment.pk).update(expires_at=end)
    payment.refresh_from_db()
    return payment


def picture(name: str = "bukti.jpg") -> SimpleUploadedFile:
    content = drawn()
    content.seek(0)
    return SimpleUploadedFile(name, content.read(), "image/jpeg")


def pdf(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("bukti.pdf", content, "application/pdf")


def page(payment: Payment) -> str:
    return links.path(payment.order)


def stock_of(order: Order) -> list[tuple[int, int]]:
    """`on_hand` and `reserved` of every variant in the order."""
    lines = order.suborders.values_list("lines__variant__on_hand", "lines__variant__reserved")
    return list(lines.order_by("lines__variant"))
