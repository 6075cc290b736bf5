"""Where to: an address of one's book, another one, or the gallery."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.address_form import REFRESH, PostalAddressForm
from accounts.countries import HOME
from accounts.models import Address, PostalAddress
from orders.checkout_forms.typed import Sent, TypedForm
from orders.delivery import Place

SEND, COLLECT = "send", "collect"
OTHER = "other"  # than those in one's book


class ReceiveForm(TypedForm):
    """How the buyer receives it all; account holders choose one of their addresses."""

    receive = forms.ChoiceField(
        label=_("How do you want to receive your order?"),
        choices=[(SEND, SEND), (COLLECT, COLLECT)],
        initial=SEND,
    )
    saved = forms.ChoiceField(label=_("Address"), required=False)
    keep = forms.BooleanField(label=_("Save this address in my account"), required=False)

    def __init__(self, sent: Sent, *, is_final: bool, addresses: Sequence[Address]) -> None:
        self.addresses = {str(address.pk): address for address in addresses}
        usual = next(iter(self.addresses), OTHER)
        super().__init__(sent, is_final=is_final, initial={"saved": usual})
        known = [(key, str(address)) for key, address in self.addresses.items()]
        self.fields["saved"].choices = [*known, (OTHER, _("Another address"))]  # type: ignore[attr-defined]

    @property
    def collects(self) -> bool:
        return str(self["receive"].value()) == COLLECT

    @property
    def address(self) -> Address | None:
        """The chosen one of the buyer's own; that of anybody else is none."""
        return self.addresses.get(str(self["saved"].value()))


class ShippingForm(PostalAddressForm):
    """The address of the parcels. Who leaves the recipient empty receives them in person."""

    field_order = [
        *(name for name in PostalAddressForm.base_fields if name not in {"recipient", "phone"}),
        "recipient",
        "phone",
    ]

    def __init__(self, sent: Sent, *, is_final: bool) -> None:
        told: Mapping[str, Any] | None = sent
        if sent is not None:
            told = {name: value for name, value in sent.items() if name != REFRESH}
            told |= {} if is_final else {REFRESH: "1"}
        super().__init__(told)
        self.fields["recipient"].label = _("Recipient, if it is somebody else")
        self.fields["phone"].label = _("The recipient’s phone number")
        self.fields["phone"].help_text = ""
        for name in ("recipient", "phone"):
            self.fields[name].required = False
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if not (sent and REFRESH in sent):
            for field in self.fields.values():
                field.widget.attrs.pop("autofocus", None)

    @property
    def place(self) -> Place | None:
        """Where it goes, as soon as that is enough to ask the couriers."""
        if self.at != HOME:
            return Place(self.at)
        district = self._chosen("district", self.fields["district"].postcodes)  # type: ignore[attr-defined]
        return Place(HOME, district) if district else None


def place_of(address: PostalAddress) -> Place:
    return Place(address.country, address.region_id or "")
