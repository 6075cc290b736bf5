"""What buyers and staff write about payments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orders.models import BankAccount, Payment, QrisCode, Refund
from orders.payments import qris


class MethodForm(forms.Form):
    method = forms.ChoiceField(choices=Payment.Method.choices)


class ProofForm(forms.Form):
    """The file itself is checked by the act that keeps it."""

    file = forms.FileField()


class ReceivedForm(forms.Form):
    """What staff saw on the account."""

    received = forms.IntegerField(
        label=_("Received on the account (rupiah)"), min_value=1, localize=True
    )
    takes_excess = forms.BooleanField(
        label=_("More came than was asked for: pay the difference back"), required=False
    )


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Reason, as the buyer will read it"), max_length=300)


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label=_("Reference of the bank"),
        max_length=80,
        required=False,
        help_text=_("Leave empty to give it back by the gateway."),
    )


class RefundForm(forms.ModelForm[Refund]):
    class Meta:
        model = Refund
        fields = ["payment", "amount", "reason"]


class BankAccountForm(forms.ModelForm[BankAccount]):
    class Meta:
        model = BankAccount
        fields = ["bank", "number", "holder"]

    def clean_number(self) -> str:
        """Digits alone, however it was grouped."""
        number = "".join(self.cleaned_data["number"].split()).replace("-", "").replace(".", "")
        if not number.isdecimal():
            raise ValidationError(_("An account number has digits only."))
        return number


class QrisCodeForm(forms.ModelForm[QrisCode]):
    """Name, town and number of the merchant are read from the code, never typed."""

    class Meta:
        model = QrisCode
        fields = ["payload"]
        widgets = {"payload": forms.Textarea(attrs={"rows": 5})}

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        text = fields.get("payload")
        if text:
            self._read(text)
        return fields

    def _read(self, text: str) -> None:
        try:
            payload = qris.parse(text)
        except qris.QrisError as error:
            self.add_error("payload", str(error))
            return
        if not payload.is_static:
            self.add_error("payload", _("This code is of one bill. The static code is needed."))
        self.instance.payload = payload.text
        self.instance.merchant_name = payload.merchant_name
        self.instance.city = payload.city
        self.instance.nmid = payload.nmid
