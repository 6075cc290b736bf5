"""Read settings from the environment; a missing or malformed one stops the start."""

import os
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable; raise ImproperlyConfigured when it has no default."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def texts(name: str, default: list[str] | None = None) -> list[str]:
    """Return a comma-separated variable as a list."""
    if name not in os.environ and default is not None:
        return default
    return [part.strip() for part in text(name).split(",") if part.strip()]


def flag(name: str) -> bool:
    """Return True for 1, False for 0 or unset; anything else is a mistake."""
    value = os.environ.get(name, "0").strip() or "0"
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def database(name: str) -> dict[str, Any]:
    """Turn a libpq address, postgresql://user@host/name?sslmode=…, into settings.

    A host that begins with %2F is the folder of a unix socket; whatever else
    the address says (sslmode, options) is passed on to the server.
    """
    try:
        parts = conninfo_to_dict(text(name))
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"{name} is no PostgreSQL address: {error}") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


def storage(bucket: str, **options: Any) -> dict[str, Any]:
    """Settings of the S3 bucket that this variable names; nothing where it names none."""
    name = text(bucket, default="")
    if not name:
        return {}
    endpoint = text("MEDIA_S3_ENDPOINT", default="") or None
    where = {"bucket_name": name, "endpoint_url": endpoint, "file_overwrite": False}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**where, **options}}
