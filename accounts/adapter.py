"""How allauth finds people by phone."""

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """A phone number is set by the council's desk, which checks it in person.

    People who register themselves do so by e-mail, so no message ever has to
    reach a phone and nobody can take another's number.
    """

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (str(user.phone), True) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Nothing to do: a stored number is a checked number."""

    def send_verification_code_sms(
        self, user: AbstractBaseUser, phone: str, code: str, **signup: object
    ) -> None:
        raise NotImplementedError("Phone numbers are checked by the desk, not by message.")

    def save_user(
        self, request: "HttpRequest", user: User, form: object, commit: bool = True
    ) -> User:
        """Remember the language in which the person signed up."""
        user.language = getattr(request, "LANGUAGE_CODE", "id")
        saved: User = super().save_user(request, user, form, commit)
        return saved
