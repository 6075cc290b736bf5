"""The order of one buyer, and every step it took."""

import secrets
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models import Document
from catalogue.models import Variant
from lumajang_crafts.lib import steps
from orders import querysets
from orders.models.cart import Cart
from orders.models.sums import Sums

if TYPE_CHECKING:
    from accounts.models import User
    from orders.models.suborder import SubOrder


def new_nonce() -> str:
    return secrets.token_hex(16)


class Order(Sums):
    """What one buyer ordered at once, from however many workshops, paid once.

    The `number` is for people and no secret; the buyer's page is reached by a
    token made of `link_nonce` (orders/links.py). Stock is held until
    `expires_at`; `released_at` tells when the hold ended without payment. The
    invoice number has no gaps in a year and is drawn at payment.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for payment")
        AWAITING_VERIFICATION = "awaiting_verification", _("payment being checked")
        PAID = "paid", _("paid")
        PAID_LATE = "paid_late", _("paid after the deadline")
        ON_HOLD = "on_hold", _("payment reversed")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")
        REFUND_PENDING = "refund_pending", _("money is going back")
        REFUNDED = "refunded", _("money given back")

    number = models.CharField(_("order number"), max_length=20, unique=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    cart = models.ForeignKey(
        Cart, models.SET_NULL, related_name="orders", null=True, blank=True, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="orders", null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=2, default="id")
    name = models.CharField(_("buyer"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = PhoneNumberField(_("mobile number"))
    gift_note = models.CharField(_("greeting"), max_length=300, blank=True)
    terms = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, verbose_name=_("terms agreed to")
    )
    privacy = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, verbose_name=_("privacy notice")
    )
    status = models.CharField(
        _("status"), max_length=21, choices=Status.choices, default=Status.PENDING
    )
    link_nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    placed_at = models.DateTimeField(_("placed at"))
    expires_at = models.DateTimeField(_("pay before"))
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    released_at = models.DateTimeField(_("stock released at"), null=True, blank=True)
    invoice_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    invoice_number = models.PositiveIntegerField(null=True, blank=True, editable=False)

    objects = querysets.OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(status__in=["pending", "awaiting_verification"]),
                name="orders_order_unpaid",
            ),
            models.Index(fields=["email"], name="orders_order_email"),
            models.Index(fields=["phone"], name="orders_order_phone"),
            models.Index(fields=["status", "-placed_at"], name="orders_order_status"),
        ]
        constraints = [
            *Sums.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "pending",
                        "awaiting_verification",
                        "paid",
                        "paid_late",
                        "on_hold",
                        "expired",
                        "cancelled",
                        "refund_pending",
                        "refunded",
                    ]
                ),
                name="orders_order_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["paid", "paid_late", "on_hold"])
                | Q(paid_at__isnull=False),
                name="orders_order_paid_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="expired") | Q(released_at__isnull=False),
                name="orders_order_expired_is_released",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["pending", "awaiting_verification"])
                | Q(released_at__isnull=True, paid_at__isnull=True),
                name="orders_order_unpaid_holds",
            ),
            models.CheckConstraint(
                condition=Q(invoice_year__isnull=True, invoice_number__isnull=True)
                | Q(invoice_year__isnull=False, invoice_number__isnull=False),
                name="orders_order_invoice_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="paid") | Q(invoice_number__isnull=False),
                name="orders_order_paid_has_an_invoice",
            ),
            models.UniqueConstraint(
                fields=["invoice_year", "invoice_number"], name="orders_order_invoice_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    UNPAID: ClassVar[frozenset[str]] = frozenset(querysets.UNPAID)
    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.PENDING: frozenset(
            {Status.AWAITING_VERIFICATION, Status.PAID, Status.EXPIRED, Status.CANCELLED}
        ),
        Status.AWAITING_VERIFICATION: frozenset(
            {Status.PENDING, Status.PAID, Status.EXPIRED, Status.CANCELLED}
        ),
        Status.PAID: frozenset({Status.ON_HOLD, Status.REFUND_PENDING}),
        Status.ON_HOLD: frozenset({Status.PAID, Status.CANCELLED, Status.REFUND_PENDING}),
        Status.EXPIRED: frozenset({Status.PAID_LATE}),
        Status.PAID_LATE: frozenset({Status.PAID, Status.REFUND_PENDING}),
        Status.CANCELLED: frozenset({Status.REFUND_PENDING}),
        Status.REFUND_PENDING: frozenset({Status.REFUNDED}),
        Status.REFUNDED: frozenset(),
    }

    def move_to(
        self,
        status: "Order.Status",
        *,
        source: "OrderEvent.Source",
        actor: "User | None" = None,
        note: str = "",
        also: tuple[str, ...] = (),
    ) -> "OrderEvent":
        """Change the status and record it; the caller holds the row's lock.

        Saved are the status and, in the same statement because constraints tie
        them, the columns named in `also`. Raises IllegalTransition when the graph
        has no such step.
        """
        steps.check(self, status, self.NEXT)
        event = self.record(self.status, status, source=source, actor=actor, note=note)
        self.status = status
        self.save(update_fields=["status", *also])
        return event

    move_to.alters_data = True  # type: ignore[attr-defined]

    def record(
        self,
        before: str,
        after: str,
        *,
        source: "OrderEvent.Source",
        suborder: "SubOrder | None" = None,
        actor: "User | None" = None,
        note: str = "",
    ) -> "OrderEvent":
        """Add a row of history; the caller holds the order's lock, so sequences never clash."""
        last = self.events.order_by("-sequence").values_list("sequence", flat=True).first()
        return OrderEvent.objects.create(
            order=self,
            suborder=suborder,
            sequence=(last or 0) + 1,
            before=before,
            after=after,
            source=source,
            actor=actor,
            note=note,
        )

    record.alters_data = True  # type: ignore[attr-defined]

    def pieces(self) -> dict[int, int]:
        """Pieces of each variant (by key) that are held or were sold from stock.

        The supply frozen in the line decides: what was made to order never held
        any, whatever its variant is today.
        """
        pieces: Counter[int] = Counter()
        rows = self.suborders.values_list("lines__variant", "lines__quantity", "lines__supply")
        for variant, quantity, supply in rows:
            if supply != Variant.Supply.MADE_TO_ORDER:
                pieces[variant] += quantity
        return dict(pieces)

    @property
    def is_unpaid(self) -> bool:
        return self.status in self.UNPAID

    @property
    def invoice(self) -> str:
        """The invoice's number as written on it, "INV-2026-00017"; empty before payment."""
        if self.invoice_number is None:
            return ""
        return f"INV-{self.invoice_year}-{self.invoice_number:05}"


class OrderEvent(models.Model):
    """One step of an order or of one of its parts; append-only.

    `sequence` counts within the order from 1. The last row without a part tells
    the order's status, the last row of a part that part's.
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    class Source(models.TextChoices):
        BUYER = "buyer", _("the buyer")
        STAFF = "staff", _("the council")
        GATEWAY = "gateway", _("the payment gateway")
        CLOCK = "clock", _("the clock")

    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    suborder = models.ForeignKey(
        "orders.SubOrder", models.PROTECT, related_name="events", null=True, blank=True
    )
    sequence = models.PositiveIntegerField()
    before = models.CharField(_("before"), max_length=21, blank=True)
    after = models.CharField(_("after"), max_length=21)
    source = models.CharField(_("by"), max_length=7, choices=Source.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        ordering = ["order", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "sequence"], name="orders_orderevent_sequence_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.sequence}: {self.before} → {self.after}"


class InvoiceCounter(models.Model):
    """The last invoice number of a year; its row is the last lock of a payment."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
