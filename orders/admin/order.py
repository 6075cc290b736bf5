from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lumajang_crafts.lib.money import rupiah
from orders import links
from orders.models import Order, OrderEvent, OrderMessage, Payment, SubOrder


class ReadOnlyInline(admin.TabularInline[Any, Order]):
    """Rows to look at: orders change by acts, never by hand."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SubOrderInline(ReadOnlyInline):
    model = SubOrder
    fields = ["artisan", "status", "delivery", "service_name", "works", "shipping", "total", "note"]
    readonly_fields = ["works"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubOrder]:
        parts = super().get_queryset(request)
        return parts.select_related("order", "artisan").prefetch_related("lines")

    @admin.display(description=_("works"))
    def works(self, part: SubOrder) -> SafeString:
        lines = ((line.quantity, line.name, line.sku) for line in part.lines.all())
        return format_html_join("", "<div>{} × {} ({})</div>", lines)


class PaymentInline(ReadOnlyInline):
    model = Payment
    fields = ["attempt", "method", "status", "amount", "unique_code", "received", "expires_at"]


class OrderEventInline(ReadOnlyInline):
    model = OrderEvent
    fields = ["at", "suborder", "before", "after", "source", "actor", "note"]
    readonly_fields = ["at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderEvent]:
        events = super().get_queryset(request)
        return events.select_related("actor", "suborder__order", "suborder__artisan")


class OrderMessageInline(ReadOnlyInline):
    model = OrderMessage
    fields = ["kind", "created_at", "sent_at"]
    readonly_fields = ["created_at"]


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin[Order]):
    """Every order with all that happened to it, to look at."""

    actions = ["revoke_links"]
    date_hierarchy = "placed_at"
    list_display = ["number", "placed_at", "name", "status", "total_in_rupiah", "expires_at"]
    list_filter = ["status", "placed_at"]
    search_fields = ["number", "name", "email", "phone"]
    show_full_result_count = False
    fields = [
        "number",
        "status",
        ("name", "email", "phone", "language"),
        ("placed_at", "expires_at", "paid_at", "released_at"),
        ("goods", "shipping", "insurance", "tax", "discount", "total"),
        "invoice",
        "gift_note",
        ("terms", "privacy"),
    ]
    readonly_fields = ["invoice"]
    inlines = [SubOrderInline, PaymentInline, OrderEventInline, OrderMessageInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        """No order is edited; the right to change one is the right to run an action on it."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description=_("total"), ordering="total")
    def total_in_rupiah(self, order: Order) -> str:
        return rupiah(order.total)

    @admin.display(description=_("invoice"))
    def invoice(self, order: Order) -> str:
        return order.invoice or "–"

    @admin.action(description=_("Make given-out links worthless"), permissions=["change"])
    def revoke_links(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        for order in orders:
            links.revoke(order)
            self.log_change(request, order, gettext("Link made worthless"))
        message = ngettext(
            "The links of %d order no longer open it.",
            "The links of %d orders no longer open them.",
            len(orders),
        )
        self.message_user(request, message % len(orders))
