"""Signing in."""

from allauth.account import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python


class LoginForm(forms.LoginForm):
    """One field for e-mail or phone, however the number is written."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail or mobile number")
        login.widget.attrs |= {"autocomplete": "username"}
        login.widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        login: str = super().clean_login()
        number = None if "@" in login else to_python(login)
        return str(number) if number and number.is_valid() else login
