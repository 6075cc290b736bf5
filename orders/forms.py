"""What buyers write."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """The number of an order and who ordered it; the view says the same of everything wrong."""

    number = forms.CharField(
        label=_("Order number"),
        help_text=_("It begins with KL and stands in your letter, for example KL-2611-00482."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    contact = forms.CharField(
        label=_("E-mail or mobile number"),
        help_text=_("The one that you gave when you ordered."),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
