"""Passwords that a stranger in Lumajang would try first."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

WORDS = ("lumajang", "dekranas", "kriya", "perajin", "pengrajin", "semeru", "batik", "katasandi")

ENOUGH_AROUND = 8  # characters besides the word


class LocalWordsValidator:
    """Refuse a local word with little around it ("dekranasda2026")."""

    def validate(self, password: str, user: "AbstractBaseUser | None" = None) -> None:
        lowered = password.lower()
        for word in WORDS:
            if word in lowered and len(password) - len(word) < ENOUGH_AROUND:
                raise ValidationError(
                    _("The password is too easy to guess: it is built on “%(word)s”."),
                    params={"word": word},
                )

    def get_help_text(self) -> str:
        return _("Do not build it on a local word such as “lumajang” or “batik”.")
