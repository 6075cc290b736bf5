"""How it is paid, and what the buyer agrees to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Document
from lumajang_crafts.lib.money import rupiah
from orders import paying
from orders.checkout_forms.typed import Sent, TypedForm
from orders.models import Payment, SalesPolicy

CHOOSE = gettext_lazy("Choose how you want to pay.")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pay, with what the buyer should know; `refusal` says why not now."""

    code: str
    label: str
    text: str
    refusal: str = ""


def ways(total: int, policy: SalesPolicy) -> list[Way]:
    """All ways that the council offers; those that this sum forbids stay, with the reason."""
    possible = paying.offered(total)
    return [_way(method, policy, is_possible=method in possible) for method in paying.offered(0)]


def _way(method: Payment.Method, policy: SalesPolicy, *, is_possible: bool) -> Way:
    label, text = {
        Payment.Method.TRANSFER: (
            _("Bank transfer"),
            _("Send the exact sum within %(time)s and show the proof; staff check it."),
        ),
        Payment.Method.QRIS: (
            "QRIS",
            _("Scan with any bank or wallet app within %(time)s."),
        ),
        Payment.Method.MIDTRANS: (
            _("Virtual account, wallet or card"),
            _("At Midtrans, within %(time)s; confirmed at once."),
        ),
    }[method]
    at_gateway = method == Payment.Method.MIDTRANS
    minutes = policy.gateway_minutes if at_gateway else policy.transfer_minutes
    limit = _("By QRIS at most %(limit)s can be paid.") % {"limit": rupiah(policy.qris_limit)}
    return Way(method, label, text % {"time": _time(minutes)}, "" if is_possible else limit)


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest or hours == 1:
        return _("%(count)s minutes") % {"count": minutes}
    return _("%(count)s hours") % {"count": hours}


class PaymentForm(TypedForm):
    """`terms` and `privacy` are the versions that the page linked to."""

    method = forms.ChoiceField(
        label=gettext_lazy("Payment"),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    terms = forms.CharField(required=False, widget=forms.HiddenInput)
    privacy = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(
        label=gettext_lazy("Your agreement"),
        error_messages={"required": gettext_lazy("Tick that you agree, else we may not sell.")},
    )

    def __init__(self, sent: Sent, *, is_final: bool, offered: Sequence[Way]) -> None:
        super().__init__(sent, is_final=is_final)
        self.ways = offered
        possible = [(way.code, way.label) for way in offered if not way.refusal]
        self.fields["method"].choices = possible  # type: ignore[attr-defined]
        if len(possible) == 1:
            self.initial["method"] = possible[0][0]
        self.documents = {
            kind: Document.objects.in_force(kind) for kind in (Document.Kind.TERMS, "privacy")
        }

    def clean_consent(self) -> bool:
        """What was agreed to must be what is in force."""
        for kind, document in self.documents.items():
            if document is not None and self.cleaned_data.get(kind) != document.version:
                raise ValidationError(_("The documents have changed meanwhile. Read them again."))
        return True
