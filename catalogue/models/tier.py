"""Wholesale prices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.variant import Variant


class PriceTier(models.Model):
    """The price in rupiah of one piece when at least `min_quantity` are bought at once."""

    variant = models.ForeignKey(
        Variant, models.CASCADE, related_name="tiers", verbose_name=_("variant")
    )
    min_quantity = models.PositiveSmallIntegerField(_("from so many pieces"))
    price = models.PositiveBigIntegerField(_("price of one (rupiah)"))

    class Meta:
        verbose_name = _("wholesale price")
        verbose_name_plural = _("wholesale prices")
        ordering = ["variant", "min_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "min_quantity"], name="catalogue_pricetier_once"
            ),
            models.CheckConstraint(
                condition=Q(min_quantity__gte=2, price__gt=0),
                name="catalogue_pricetier_is_wholesale",
                violation_error_message=_("A wholesale price begins at two pieces."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant.sku} ≥ {self.min_quantity}"
