from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lumajang_crafts.lib.act_admin import Act, ActAdmin, Refusal
from orders import receiving
from orders.models import BankAccount, QrisCode
from orders.payment_forms import BankAccountForm, QrisCodeForm


def approve(request: HttpRequest, place: receiving.Place, given: dict[str, Any]) -> None:
    try:
        receiving.approve(place, actor=cast(User, request.user))
    except receiving.ApprovalRefused as refusal:
        raise Refusal(str(refusal)) from refusal


def retire(request: HttpRequest, place: receiving.Place, given: dict[str, Any]) -> None:
    receiving.retire(place, actor=cast(User, request.user))


def is_proposed(place: receiving.Place) -> bool:
    return place.approved_at is None and place.retired_at is None


def is_not_retired(place: receiving.Place) -> bool:
    return place.retired_at is None


class ReceivingAdmin(ActAdmin):
    """Adding proposes; another person approves; what is written never changes."""

    acts = [
        Act("approve", _("Approve"), approve, is_proposed, is_guarded=True),
        Act("retire", _("Retire"), retire, is_not_retired),
    ]
    list_filter = [
        ("approved_at", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["proposed_by", "approved_by"]
    steps = [
        ("proposed_by", "proposed_at"),
        ("approved_by", "approved_at"),
        ("retired_by", "retired_at"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if obj is None else [*self.read, *self.steps]

    read: Any = ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        receiving.propose(obj, actor=cast(User, request.user))


@admin.register(BankAccount)
class BankAccountAdmin(ReceivingAdmin):
    form = BankAccountForm
    read = ["bank", "number", "holder"]
    list_display = ["bank", "number", "holder", "proposed_by", "approved_by", "retired_at"]


@admin.register(QrisCode)
class QrisCodeAdmin(ReceivingAdmin):
    form = QrisCodeForm
    read = ["merchant_name", "city", "nmid", "payload"]
    list_display = ["merchant_name", "nmid", "proposed_by", "approved_by", "retired_at"]
