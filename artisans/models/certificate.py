"""Papers that prove what a workshop says of itself."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from artisans.models.artisan import Artisan
from artisans.querysets import CertificateQuerySet


class Certificate(models.Model):
    """A certificate of a workshop; it counts once staff have verified it.

    Batikmark (Permenperin 74/2007) names its class by a thread: gold for tulis,
    white for cap, silver for the combination of both.
    """

    class Kind(models.TextChoices):
        BATIKMARK = "batikmark", "Batikmark"
        TRADEMARK = "trademark", _("trade mark")
        SVLK = "svlk", "SVLK"
        TKDN = "tkdn", "TKDN"
        SNI = "sni", "SNI"
        OTHER = "other", _("other")

    class Colour(models.TextChoices):
        GOLD = "gold", _("gold (tulis)")
        WHITE = "white", _("white (cap)")
        SILVER = "silver", _("silver (combination)")

    artisan = models.ForeignKey(
        Artisan, models.CASCADE, related_name="certificates", verbose_name=_("artisan")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    colour = models.CharField(
        _("Batikmark colour"), max_length=6, choices=Colour.choices, blank=True
    )
    number = models.CharField(_("number"), max_length=60)
    issuer = models.CharField(_("issuer"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["artisan", "kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], name="artisans_certificate_number_unique"
            ),
            models.CheckConstraint(
                condition=(Q(kind="batikmark") & ~Q(colour=""))
                | (~Q(kind="batikmark") & Q(colour="")),
                name="artisans_certificate_colour_only_batikmark",
                violation_error_message=_(
                    "A Batikmark has a colour; other certificates have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="artisans_certificate_dates_in_order",
                violation_error_message=_("The certificate must begin before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def is_valid_on(self, day: datetime.date) -> bool:
        """Tell whether the paper is verified and covers that day."""
        return (
            self.verified_at is not None
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )
