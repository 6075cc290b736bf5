"""The part of an order that one workshop makes and sends, frozen as it was bought."""

from typing import TYPE_CHECKING, ClassVar

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from catalogue.models import Variant
from lumajang_crafts.lib import steps
from lumajang_crafts.lib.translated import Translated
from orders.models.courier import CourierService
from orders.models.order import Order, OrderEvent
from orders.models.sums import Sums

if TYPE_CHECKING:
    from accounts.models import User


class SubOrder(Sums):
    """One workshop's parcel in an order, with its own status, delivery and sums.

    Weights are grams. `arrives_from` and `arrives_to` are the estimate that the
    buyer saw: lead time and transit. `received_at` begins the time for complaints.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for payment")
        READY = "ready", _("to be confirmed by the maker")
        ACCEPTED = "accepted", _("confirmed by the maker")
        PACKED = "packed", _("packed")
        HANDED_OVER = "handed_over", _("handed to Dekranasda")
        AWAITING_PICKUP = "awaiting_pickup", _("ready for pick-up")
        SHIPPED = "shipped", _("shipped")
        RECEIVED = "received", _("received")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    class Delivery(models.TextChoices):
        COURIER = "courier", _("courier")
        PICKUP = "pickup", _("collected in person")
        TOGETHER = "together", _("collected at Dekranasda and sent as one parcel")

    order = models.ForeignKey(Order, models.PROTECT, related_name="suborders")
    artisan = models.ForeignKey(Artisan, models.PROTECT, related_name="suborders")
    status = models.CharField(
        _("status"), max_length=21, choices=Status.choices, default=Status.WAITING
    )
    delivery = models.CharField(_("delivery"), max_length=8, choices=Delivery.choices)
    service = models.ForeignKey(
        CourierService, models.PROTECT, related_name="+", null=True, blank=True
    )
    service_name = models.CharField(_("courier service"), max_length=100, blank=True)
    weight_g = models.PositiveIntegerField(_("parcel weight (g)"))
    chargeable_g = models.PositiveIntegerField(_("weight charged (g)"), default=0)
    is_insured = models.BooleanField(_("insured"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("days until ready to ship"))
    arrives_from = models.DateField(_("arrives from"), null=True, blank=True)
    arrives_to = models.DateField(_("arrives until"), null=True, blank=True)
    note = models.CharField(_("note to the maker"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sub-order")
        verbose_name_plural = _("sub-orders")
        ordering = ["order", "pk"]
        constraints = [
            *Sums.Meta.constraints,
            models.UniqueConstraint(
                fields=["order", "artisan"], name="orders_suborder_one_for_each_artisan"
            ),
            models.CheckConstraint(
                condition=Q(delivery="pickup", service__isnull=True, shipping=0, insurance=0)
                | Q(delivery__in=["courier", "together"], service__isnull=False),
                name="orders_suborder_delivery_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.artisan}"

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.READY, Status.CANCELLED}),
        Status.READY: frozenset({Status.ACCEPTED, Status.CANCELLED}),
        Status.ACCEPTED: frozenset({Status.PACKED, Status.CANCELLED}),
        Status.PACKED: frozenset(
            {Status.SHIPPED, Status.HANDED_OVER, Status.AWAITING_PICKUP, Status.CANCELLED}
        ),
        Status.HANDED_OVER: frozenset({Status.SHIPPED, Status.CANCELLED}),
        Status.AWAITING_PICKUP: frozenset({Status.RECEIVED, Status.CANCELLED}),
        Status.SHIPPED: frozenset({Status.RECEIVED}),
        Status.RECEIVED: frozenset({Status.COMPLETED}),
        Status.COMPLETED: frozenset(),
        Status.CANCELLED: frozenset({Status.READY}),  # an expired order that is paid late
    }

    def move_to(
        self,
        status: "SubOrder.Status",
        *,
        source: OrderEvent.Source,
        actor: "User | None" = None,
        note: str = "",
    ) -> OrderEvent:
        """Change the status and record it; the caller holds the order's lock, then this row's.

        Raises IllegalTransition when the graph has no such step.
        """
        steps.check(self, status, self.NEXT)
        event = self.order.record(
            self.status, status, source=source, suborder=self, actor=actor, note=note
        )
        self.status = status
        self.save(update_fields=["status"])
        return event

    move_to.alters_data = True  # type: ignore[attr-defined]


class OrderLine(Translated, models.Model):
    """So many pieces of one variant, with everything said of it when it was bought.

    Names, prices (rupiah), maker, technique, weight (g, packed) and photo are
    copies: later edits of the listing change no order. `list_price` is the price
    of one piece, `unit_price` what it cost in this quantity. `seller` is the
    seller of record (Permendag 31/2023).
    """

    suborder = models.ForeignKey(SubOrder, models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="order_lines")
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    sku = models.CharField(_("SKU"), max_length=40)
    options = models.CharField(_("options"), max_length=90, blank=True)
    options_en = models.CharField(_("options (English)"), max_length=90, blank=True)
    slug = models.SlugField(max_length=120)
    maker = models.CharField(_("maker"), max_length=80)
    technique = models.CharField(_("technique"), max_length=200, blank=True)
    technique_en = models.CharField(_("technique (English)"), max_length=200, blank=True)
    photo = models.CharField(max_length=200, blank=True)
    weight_g = models.PositiveIntegerField(_("packed weight (g)"))
    supply = models.CharField(_("supply"), max_length=13, choices=Variant.Supply.choices)
    seller = models.CharField(_("seller of record"), max_length=120)
    list_price = models.PositiveBigIntegerField(_("price (rupiah)"))
    unit_price = models.PositiveBigIntegerField(_("price in this quantity (rupiah)"))
    quantity = models.PositiveIntegerField(_("quantity"))
    total = models.PositiveBigIntegerField(_("total"))

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["suborder", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=F("unit_price") * F("quantity")),
                name="orders_orderline_total_is_the_product",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, unit_price__gte=1, unit_price__lte=F("list_price")),
                name="orders_orderline_sells_something",
            ),
            models.CheckConstraint(
                condition=~Q(supply="one_of_a_kind") | Q(quantity=1),
                name="orders_orderline_one_of_a_kind_is_one",
            ),
            models.UniqueConstraint(
                fields=["suborder", "variant"], name="orders_orderline_variant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def photo_url(self) -> str:
        """Address of the photo as it was bought; empty where none was kept."""
        return default_storage.url(self.photo) if self.photo else ""

    @property
    def work_url(self) -> str:
        """The work's page where visitors still see it; its variant's work and maker are loaded."""
        product = self.variant.product
        is_shown = product.status == product.artisan.status == "published"
        return product.get_absolute_url() if is_shown else ""


class OrderMessage(models.Model):
    """One letter that the buyer must get: written with the event, sent by a job, never lost.

    `key` names the event; it is also the letter's Message-ID, so that a second
    sending is recognised by the mailbox.
    """

    class Kind(models.TextChoices):
        PLACED = "placed", _("order placed")
        PROOF_REFUSED = "proof_refused", _("proof refused")
        PAID = "paid", _("payment received")
        EXPIRED = "expired", _("order expired")
        CANCELLED = "cancelled", _("order cancelled")
        PAID_LATE = "paid_late", _("paid after the deadline")
        REFUNDED = "refunded", _("money given back")

    order = models.ForeignKey(Order, models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    key = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message to a buyer")
        verbose_name_plural = _("messages to buyers")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(sent_at__isnull=True),
                name="orders_ordermessage_unsent",
            ),
        ]

    def __str__(self) -> str:
        return self.key
