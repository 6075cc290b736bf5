"""What a work is made of, part by part."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product
from catalogue.models.vocabulary import Material


class ProductMaterial(models.Model):
    """A material in a product; shares are percent and need not be known."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="composition")
    material = models.ForeignKey(
        Material, models.PROTECT, related_name="+", verbose_name=_("material")
    )
    share = models.PositiveSmallIntegerField(
        _("share (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("material in a product")
        verbose_name_plural = _("materials in a product")
        ordering = [F("share").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "material"], name="catalogue_productmaterial_unique"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(1, 100)),
                name="catalogue_productmaterial_share_percent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.material)
