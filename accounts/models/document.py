"""The documents that people agree to."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import DocumentQuerySet
from lumajang_crafts.lib.translated import Translated

VERSION = r"^\d{4}-\d{2}(-\d+)?$"


class Document(Translated, models.Model):
    """One version of the privacy notice or the terms, exactly as people read it.

    Append-only: a person may have agreed to it, so a published version stays as
    it is for ever and a change is a new version. The text is written as
    lib/prose.py reads it.
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("privacy notice")
        TERMS = "terms", _("terms and conditions")

    kind = models.CharField(_("document"), max_length=7, choices=Kind.choices)
    version = models.CharField(
        _("version"),
        max_length=12,
        validators=[RegexValidator(VERSION, _("Write the version like 2026-11 or 2026-11-2."))],
        help_text=_("Year and month; a second version in the same month ends in -2."),
    )
    valid_from = models.DateField(_("in force from"))
    body = models.TextField(
        _("text"), help_text=_("Blank lines part paragraphs; “## ” begins a heading, “- ” a list.")
    )
    body_en = models.TextField(_("text (English)"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"], name="accounts_document_version_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["privacy", "terms"]), name="accounts_document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(version__regex=VERSION), name="accounts_document_version_format"
            ),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(body_en=""), name="accounts_document_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}_version", args=[self.version])

    @property
    def is_upcoming(self) -> bool:
        return self.valid_from > timezone.localdate()
