"""What visitors send to their cart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Variant
from orders.basket import Basket

MOST = 9_999  # pieces; what can really be had is said by the variant
WRONG = _("Write a whole number, such as 2.")


def quantity_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG),
    )


class AddForm(forms.Form):
    """So many of the variant with that SKU; `variant` is None where none is for sale."""

    sku = forms.CharField(widget=forms.HiddenInput, max_length=40)
    quantity = quantity_field()

    def __init__(self, asked: Any) -> None:
        super().__init__(asked)
        sku = str(asked.get("sku", "")).replace("\0", "")
        self.variant = Variant.objects.for_sale().filter(sku=sku).first()


class QuantityForm(forms.Form):
    line = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = quantity_field()


class LineForm(forms.Form):
    line = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class AcceptForm(forms.Form):
    """The prices that the page showed, one field for each line that is in the cart now."""

    def __init__(self, asked: Any, basket: Basket) -> None:
        super().__init__(asked)
        for line in basket.lines:
            field = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
            self.fields[f"price_{line.key}"] = field

    @property
    def prices(self) -> dict[int, int]:
        """Prices of one piece in rupiah, by the line's key."""
        sent = self.cleaned_data.items()
        return {int(name.removeprefix("price_")): price for name, price in sent if price}
