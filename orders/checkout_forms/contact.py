from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from orders.checkout_forms.typed import TypedForm


class ContactForm(TypedForm):
    """Who orders. A mobile number is enough; nobody needs an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mobile = PhoneNumberField(
        label=_("Mobile number"),
        region="ID",
        help_text=_("Couriers and makers use this number, such as 0812-3456-7890."),
        error_messages={"invalid": _("This number is incomplete. Write it as 0812-3456-7890.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("For the proof of payment. We send no advertising."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
