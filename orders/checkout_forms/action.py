from typing import Any

from django import forms

from orders.basket import Basket
from orders.checkout_forms.typed import Sent

REFRESH, PLACE, WITHOUT, ACCEPT = "refresh", "place", "without", "accept"


class ActionForm(forms.Form):
    """Which button was pressed, and on which page; what makes no sense was not sent.

    `key` is the idempotency key that the page carried, `shown_total` the sum in
    rupiah it showed, `without` the lines of the cart it offered to leave out.
    """

    action = forms.CharField(required=False)
    key = forms.UUIDField(required=False)
    shown_total = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    without = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, sent: Sent, found: Basket) -> None:
        super().__init__({} if sent is None else sent)
        lines = [(line.key, line.key) for line in found.lines]
        self.fields["without"].choices = lines  # type: ignore[attr-defined]
        self.full_clean()

    def told(self, name: str) -> Any:
        return self.cleaned_data.get(name)
