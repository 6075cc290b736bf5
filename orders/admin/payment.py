from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lumajang_crafts.lib.act_admin import Act, ActAdmin, Refusal
from lumajang_crafts.lib.money import rupiah
from orders import polling, settlement
from orders.models import Payment, PaymentEvent
from orders.payment_forms import ReceivedForm
from orders.payments.base import PaymentError


def receive(request: HttpRequest, payment: Payment, given: dict[str, Any]) -> None:
    amount, actor = given.pop("received"), cast(User, request.user)
    try:
        settlement.receive(payment.pk, amount, actor=actor, note="", **given)
    except settlement.AmountDiffers as error:
        raise Refusal(
            _("%(amount)s was asked for. Another amount does not pay this order.")
            % {"amount": rupiah(payment.amount)}
        ) from error


def ask(request: HttpRequest, payment: Payment, given: dict[str, Any]) -> None:
    try:
        polling.poll(payment.pk, PaymentEvent.Source.STAFF)
    except (PaymentError, settlement.AmountDiffers) as error:
        raise Refusal(_("No answer to go by: %(error)s") % {"error": error}) from error


def may_come_by_hand(payment: Payment) -> bool:
    return payment.is_by_hand and payment.received == 0


def is_at_gateway(payment: Payment) -> bool:
    return bool(payment.address)


class PaymentEventInline(admin.TabularInline[PaymentEvent, Payment]):
    model = PaymentEvent
    extra = 0
    can_delete = False
    fields = ["at", "key", "state", "amount", "source", "actor", "note"]
    readonly_fields = ["at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Payment)
class PaymentAdmin(ActAdmin):
    """Attempts to pay, found by the amount that stands on the account's statement."""

    acts = [
        Act("receive", _("The money has come"), receive, may_come_by_hand, ReceivedForm),
        Act("ask", _("Ask the gateway now"), ask, is_at_gateway),
    ]
    list_display = ["reference", "method", "asked", "status", "created_at", "expires_at"]
    list_filter = ["status", "method"]
    search_fields = ["reference", "=amount", "transaction_id"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = [
        ("order", "attempt", "reference"),
        ("method", "status"),
        ("amount", "unique_code", "received"),
        "transaction_id",
        ("created_at", "expires_at", "asked_at"),
    ]
    inlines = [PaymentEventInline]

    @admin.display(description=_("asked for"), ordering="amount")
    def asked(self, payment: Payment) -> str:
        return rupiah(payment.amount)


@admin.register(PaymentEvent)
class PaymentEventAdmin(ActAdmin):
    """Everything that was heard of payments."""

    list_display = ["at", "payment", "state", "amount", "source", "actor", "note"]
    list_filter = ["source", "state"]
    list_select_related = ["payment", "actor"]
    search_fields = ["payment__reference", "key"]
    date_hierarchy = "at"
    show_full_result_count = False
