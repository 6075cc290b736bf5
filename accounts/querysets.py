"""Every question about documents of the house and addresses of people."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Address, Document, User  # noqa: F401  named in strings


class DocumentQuerySet(models.QuerySet["Document"]):
    def in_force(self, kind: str, day: datetime.date | None = None) -> "Document | None":
        """The version that binds on that day (today): of two that began together, the later one."""
        return self.filter(kind=kind, valid_from__lte=day or timezone.localdate()).first()

    def history(self, kind: str) -> "models.QuerySet[Document]":
        """Every version, the newest first, without its text."""
        return self.filter(kind=kind).defer("body", "body_en")


class AddressQuerySet(models.QuerySet["Address"]):
    def for_user(self, user: "User") -> Self:
        """Only what is the person's own; the usual address comes first."""
        return self.filter(user=user)

    def with_region(self) -> Self:
        """Load what `PostalAddress.lines` writes."""
        return self.select_related("region__parent__parent")
