"""Columns that are unreadable in the database and in its backups."""

import base64
import hashlib
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _cipher() -> MultiFernet:
    """The first of FIELD_KEYS encrypts; the others still decrypt, so keys rotate."""
    digests = (hashlib.sha256(key.encode()).digest() for key in settings.FIELD_KEYS)
    return MultiFernet(Fernet(base64.urlsafe_b64encode(digest)) for digest in digests)


class EncryptedTextField(models.TextField[str, str]):
    """Personal data that only the site itself can read (UU PDP, law 27/2022).

    It cannot be searched or sorted. An empty text stays empty.
    """

    def get_prep_value(self, value: Any) -> Any:
        return _cipher().encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: object) -> str:
        return _cipher().decrypt(value).decode() if value else ""
