"""Every question about the documents of the house."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Document


class DocumentQuerySet(models.QuerySet["Document"]):
    def in_force(self, kind: str, day: datetime.date | None = None) -> "Document | None":
        """The version that binds on that day (today): of two that began together, the later one."""
        return self.filter(kind=kind, valid_from__lte=day or timezone.localdate()).first()

    def history(self, kind: str) -> "models.QuerySet[Document]":
        """Every version, the newest first, without its text."""
        return self.filter(kind=kind).defer("body", "body_en")
