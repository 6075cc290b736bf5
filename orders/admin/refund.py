import uuid
from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lumajang_crafts.lib.act_admin import Act, ActAdmin, Refusal
from lumajang_crafts.lib.money import rupiah
from orders import refunds, settlement
from orders.models import Refund
from orders.payment_forms import EvidenceForm, RefundForm
from orders.payments.base import PaymentError


def carry_out(request: HttpRequest, refund: Refund, given: dict[str, Any]) -> None:
    try:
        refunds.carry_out(refund.pk, actor=cast(User, request.user), **given)
    except refunds.RefundRefused as refusal:
        raise Refusal(str(refusal)) from refusal
    except (PaymentError, settlement.AmountDiffers) as error:
        raise Refusal(
            _("The gateway did not give it back: %(error)s") % {"error": error}
        ) from error


def is_requested(refund: Refund) -> bool:
    return refund.status == Refund.Status.REQUESTED


@admin.register(Refund)
class RefundAdmin(ActAdmin):
    """Money that is to go back: asked for here or by the shop itself, and then paid."""

    acts = [Act("carry-out", _("Give it back"), carry_out, is_requested, EvidenceForm)]
    form = RefundForm
    list_display = ["payment", "in_rupiah", "status", "requested_at", "done_at", "done_by"]
    list_filter = ["status"]
    list_select_related = ["payment", "done_by"]
    search_fields = ["payment__reference", "evidence"]
    autocomplete_fields = ["payment"]
    ordering = ["-status", "requested_at"]  # "requested" comes first by its letters
    read = [
        ("payment", "amount"),
        "reason",
        ("status", "requested_by", "requested_at"),
        ("done_by", "done_at", "evidence"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj is None else self.read

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().add_view(request, *args, **kwargs)
        except refunds.RefundRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Refund, form: Any, change: bool) -> None:
        noted = refunds.request(
            obj.payment_id,
            obj.amount,
            obj.reason,
            actor=cast(User, request.user),
            key=f"{obj.payment_id}-{uuid.uuid4().hex[:12]}",
        )
        obj.pk = noted.pk

    @admin.display(description=_("amount"), ordering="amount")
    def in_rupiah(self, refund: Refund) -> str:
        return rupiah(refund.amount)
