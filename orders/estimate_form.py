from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import countries, regions
from orders.delivery import Place


class EstimateForm(forms.Form):
    """Where to: the code of a province or of a country."""

    to = forms.ChoiceField(
        label=_("Send to"),
        error_messages={
            "required": _("Choose a province or a country."),
            "invalid_choice": _("Choose a province or a country."),
        },
    )
    sku = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    fragment = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: Any) -> None:
        super().__init__(asked)
        named = countries.choices(get_language() or "id")
        abroad = [(code, name) for code, name in named if code != countries.HOME]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a place")),
            (_("Provinces"), regions.provinces()),
            (_("Abroad"), abroad),
        ]

    @property
    def place(self) -> Place:
        """The place as checked; of a province the zone of most of it counts."""
        code = self.cleaned_data["to"]
        return Place(countries.HOME, code) if code.isdecimal() else Place(code)
