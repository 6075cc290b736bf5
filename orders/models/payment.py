"""Attempts to pay an order, and everything that was heard about each."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumajang_crafts.lib import steps
from orders import querysets
from orders.models.order import Order


def private() -> Storage:
    """Where no address leads: a view hands a file to whom it concerns."""
    return storages["private"]


class Payment(models.Model):
    """One attempt to pay an order in one way. Money is whole rupiah.

    `amount` is what the buyer is asked for: the order's total and, where people
    compare by eye, a `unique_code` of 1-999 that no other open attempt of the
    same amount has. `received` is what truly came. `reference` is our id at the
    gateway and is used once.
    """

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        QRIS = "qris", "QRIS"
        MIDTRANS = "midtrans", _("virtual account, QRIS or card by Midtrans")

    class Status(models.TextChoices):
        NEW = "new", _("not begun")
        PENDING = "pending", _("waiting")
        HELD = "held", _("being reviewed")
        PAID = "paid", _("paid")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("expired")
        REVERSED = "reversed", _("reversed")
        PARTLY_REFUNDED = "partly_refunded", _("partly given back")
        REFUNDED = "refunded", _("given back")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    method = models.CharField(_("method"), max_length=8, choices=Method.choices)
    reference = models.CharField(_("reference"), max_length=50, unique=True)
    amount = models.PositiveBigIntegerField(_("amount asked (rupiah)"))
    unique_code = models.PositiveSmallIntegerField(_("unique code (rupiah)"), default=0)
    received = models.PositiveBigIntegerField(_("amount received (rupiah)"), default=0)
    status = models.CharField(
        _("status"), max_length=15, choices=Status.choices, default=Status.NEW
    )
    transaction_id = models.CharField(_("transaction at the gateway"), max_length=50, blank=True)
    address = models.URLField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("pay before"))
    asked_at = models.DateTimeField(_("gateway asked at"), null=True, blank=True)

    objects = querysets.PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["order", "attempt"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "attempt"], name="orders_payment_attempt_unique"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=["new", "pending", "held"]),
                name="orders_payment_one_open_attempt",
            ),
            models.UniqueConstraint(
                fields=["amount"],
                condition=Q(method__in=["transfer", "qris"], status__in=["new", "pending"]),
                name="orders_payment_amount_unique",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["transfer", "qris"], unique_code__range=(1, 999))
                | Q(method="midtrans", unique_code=0),
                name="orders_payment_unique_code_by_hand",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["paid", "partly_refunded"]) | Q(received__gt=0),
                name="orders_payment_paid_received_something",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    OPEN: ClassVar[frozenset[str]] = frozenset(querysets.OPEN)
    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.NEW: frozenset(set(Status) - {Status.NEW, Status.REVERSED}),
        Status.PENDING: frozenset(set(Status) - {Status.NEW, Status.PENDING, Status.REVERSED}),
        Status.HELD: frozenset(
            set(Status) - {Status.NEW, Status.PENDING, Status.HELD, Status.REVERSED}
        ),
        Status.FAILED: frozenset(set(Status) - {Status.NEW, Status.FAILED, Status.REVERSED}),
        Status.CANCELLED: frozenset({Status.PAID, Status.PARTLY_REFUNDED, Status.REFUNDED}),
        Status.EXPIRED: frozenset({Status.PAID, Status.PARTLY_REFUNDED, Status.REFUNDED}),
        Status.PAID: frozenset({Status.REVERSED, Status.PARTLY_REFUNDED, Status.REFUNDED}),
        Status.REVERSED: frozenset({Status.PAID, Status.REFUNDED}),
        Status.PARTLY_REFUNDED: frozenset({Status.REVERSED, Status.REFUNDED}),
        Status.REFUNDED: frozenset(),
    }

    def move_to(self, status: "Payment.Status") -> None:
        """Change the status on the row; the caller holds the order's lock and saves.

        Raises IllegalTransition when the graph has no such step: a late `pending`
        never takes a payment back.
        """
        steps.check(self, status, self.NEXT)
        self.status = status

    move_to.alters_data = True  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_by_hand(self) -> bool:
        """Tell whether staff compare it by eye; no machine will confirm it."""
        return self.method in querysets.BY_HAND


class PaymentEvent(models.Model):
    """One thing heard of a payment; append-only.

    `key` names it, so that hearing it again changes nothing: for a gateway the
    transaction, its status and the refund's key.
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    class Source(models.TextChoices):
        NOTICE = "notice", _("notice of the gateway")
        POLL = "poll", _("asked at the gateway")
        STAFF = "staff", _("staff")
        BUYER = "buyer", _("the buyer")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="events")
    key = models.CharField(max_length=150)
    state = models.CharField(_("state"), max_length=15)
    amount = models.PositiveBigIntegerField(_("amount (rupiah)"), default=0)
    source = models.CharField(_("by"), max_length=6, choices=Source.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("payment event")
        verbose_name_plural = _("payment events")
        ordering = ["payment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "key"], name="orders_paymentevent_applied_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.key}"


class TransferProof(models.Model):
    """A picture or PDF by which the buyer shows a transfer; kept in private storage."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be checked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="proofs")
    file = models.FileField(_("proof"), storage=private, upload_to="proofs", max_length=120)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.WAITING
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proof of transfer")
        verbose_name_plural = _("proofs of transfer")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(status="waiting"),
                name="orders_transferproof_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True)
                | Q(status="accepted", decided_at__isnull=False)
                | Q(status="refused", decided_at__isnull=False) & ~Q(reason=""),
                name="orders_transferproof_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {self.uploaded_at:%Y-%m-%d %H:%M}"

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.ACCEPTED, Status.REFUSED}),
        Status.ACCEPTED: frozenset(),
        Status.REFUSED: frozenset(),
    }

    def decide(self, status: "TransferProof.Status", *, reason: str = "") -> None:
        """Set the answer on the row; the caller holds the order's lock and saves.

        Raises IllegalTransition when it was answered before.
        """
        steps.check(self, status, self.NEXT)
        self.status, self.reason = status, reason

    decide.alters_data = True  # type: ignore[attr-defined]


class Refund(models.Model):
    """Money that goes back to a buyer, whole rupiah; never more than came.

    One for a part of the order names it; the others give back what was never owed.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("to be paid back")
        DONE = "done", _("paid back")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    suborder = models.ForeignKey(
        "orders.SubOrder", models.PROTECT, related_name="refunds", null=True, blank=True
    )
    key = models.CharField(max_length=60, unique=True)
    amount = models.PositiveBigIntegerField(_("amount (rupiah)"))
    reason = models.CharField(_("reason"), max_length=300)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    done_at = models.DateTimeField(_("paid back at"), null=True, blank=True)
    evidence = models.CharField(_("reference of the bank"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_refund_positive"),
            models.CheckConstraint(
                condition=Q(status="requested", done_at__isnull=True)
                | Q(status="done", done_at__isnull=False),
                name="orders_refund_done_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {self.amount}"

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.REQUESTED: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
    }

    def finish(self) -> None:
        """Mark it as paid back on the row; the caller holds the order's lock and saves."""
        steps.check(self, self.Status.DONE, self.NEXT)
        self.status = self.Status.DONE

    finish.alters_data = True  # type: ignore[attr-defined]
