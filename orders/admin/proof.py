from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from lumajang_crafts.lib.act_admin import Act, ActAdmin, Refusal
from lumajang_crafts.lib.money import rupiah
from lumajang_crafts.lib.steps import IllegalTransition
from orders import proofs, settlement
from orders.models import TransferProof
from orders.payment_forms import ReceivedForm, RefusalForm


def accept(request: HttpRequest, proof: TransferProof, given: dict[str, Any]) -> None:
    try:
        proofs.accept(proof.pk, given.pop("received"), actor=cast(User, request.user), **given)
    except settlement.AmountDiffers as error:
        asked = rupiah(proof.payment.amount)
        raise Refusal(
            _(
                "%(amount)s was asked for. If less came, refuse the proof and say so; if more "
                "came, tick that the difference is paid back."
            )
            % {"amount": asked}
        ) from error
    except IllegalTransition as error:
        raise Refusal(_("It was answered before.")) from error


def refuse(request: HttpRequest, proof: TransferProof, given: dict[str, Any]) -> None:
    try:
        proofs.refuse(proof.pk, given["reason"], actor=cast(User, request.user))
    except IllegalTransition as error:
        raise Refusal(_("It was answered before.")) from error


def is_waiting(proof: TransferProof) -> bool:
    return proof.status == TransferProof.Status.WAITING


@admin.register(TransferProof)
class TransferProofAdmin(ActAdmin):
    """What buyers sent, to compare with the account's statement and with nothing else."""

    acts = [
        Act("accept", _("The money has come"), accept, is_waiting, ReceivedForm),
        Act("refuse", _("Refuse the proof"), refuse, is_waiting, RefusalForm),
    ]
    list_display = ["payment", "status", "asked", "uploaded_at", "decided_by"]
    list_filter = ["status", "payment__method"]
    list_select_related = ["payment", "decided_by"]
    search_fields = ["payment__reference", "payment__amount"]
    ordering = ["-status", "uploaded_at"]  # "waiting" comes first by its letters
    fields = ["payment", "asked", "shown", "status", "reason", "uploaded_at", "decided_by"]

    def get_urls(self) -> list[URLPattern]:
        file = require_safe(self.admin_site.admin_view(self.file_view))
        return [path("<int:pk>/file/", file, name="orders_transferproof_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("payment")
        return proofs.download(get_object_or_404(rows, pk=pk))

    @admin.display(description=_("asked for"))
    def asked(self, proof: TransferProof) -> str:
        return rupiah(proof.payment.amount)

    @admin.display(description=_("proof"))
    def shown(self, proof: TransferProof) -> SafeString:
        address = reverse("admin:orders_transferproof_file", args=[proof.pk])
        name = (proof.file.name or "").rpartition("/")[2]
        if name.endswith(".pdf"):
            return format_html('<a href="{}">{}</a>', address, name)
        return format_html(
            '<a href="{}"><img src="{}" alt="{}" width="360"></a>', address, address, name
        )
