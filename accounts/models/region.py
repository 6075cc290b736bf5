"""The regions of Indonesia that addresses use."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A province, regency (kabupaten or kota) or district of Indonesia.

    Codes are Kemendagri's (decree 300.2.2-2138 of 2025), which differ from the
    codes of BPS; never derive one from the other. A district's postcode is the
    most common one of its villages: a default to offer, not a check.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency or city")
        DISTRICT = "district", _("district")

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True)
                | Q(level__in=["regency", "district"], parent__isnull=False),
                name="accounts_region_parent_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\.\d{2}(\.\d{2})?)?$"),
                name="accounts_region_code_format",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{5}$"),
                name="accounts_region_postcode_format",
            ),
        ]

    def __str__(self) -> str:
        return self.name
