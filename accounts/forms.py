"""Signing in."""

from typing import Any

from allauth.account import forms
from allauth.account.app_settings import EmailVerificationMethod
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
        login: str = super().clean_login().lower()
        number = None if "@" in login else to_python(login)
        return str(number) if number and number.is_valid() else login

    def clean(self) -> dict[str, Any]:
        """Who has no e-mail address has none to confirm: the desk checked the phone."""
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and not self.user.email:
            self._login.email_verification = EmailVerificationMethod.NONE
        return cleaned
