"""What visitors report about a listing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product
from catalogue.querysets import ReportQuerySet
from lumajang_crafts.lib.encrypted import EncryptedTextField


class ListingReport(models.Model):
    """A visitor's doubt about a published work; a curator answers it once.

    `contact` is an e-mail address if the visitor wants an answer, and encrypted.
    """

    class Reason(models.TextChoices):
        NOT_HANDMADE = "not_handmade", _("It is not made by hand")
        WRONG_TECHNIQUE = "wrong_technique", _("It is called batik, or a technique, that it is not")
        COPIED = "copied", _("It copies another’s design, or uses a motif without the right to")
        WRONG_WORDS = "wrong_words", _("The description or the photos are wrong")
        FORBIDDEN = "forbidden", _("Such goods may not be sold")
        OTHER = "other", _("Something else")

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="reports", verbose_name=_("product")
    )
    reason = models.CharField(_("reason"), max_length=15, choices=Reason.choices)
    text = models.TextField(_("what is wrong"), max_length=2000)
    contact = EncryptedTextField(_("e-mail for the answer"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("handled by"),
    )
    note = models.TextField(_("what was done"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a listing")
        verbose_name_plural = _("reports of listings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | (Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(note="")),
                name="catalogue_listingreport_handled_by_someone_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.get_reason_display()}"
