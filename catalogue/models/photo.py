"""Photos of a product; the one with the lowest position is its cover."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product
from lumajang_crafts.lib.pictured import Pictured


class Photo(Pictured):
    """`source_digest` is the SHA-256 of an imported file, so that it is not imported twice."""

    picture_folder = "photos"

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="photos", verbose_name=_("product")
    )
    variant = models.ForeignKey(
        "Variant",
        models.SET_NULL,
        related_name="photos",
        null=True,
        blank=True,
        verbose_name=_("variant"),
        help_text=_("Shown first when this variant is chosen."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["product", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(picture="") & ~Q(picture_alt=""),
                name="catalogue_photo_has_picture_and_words",
            ),
        ]

    def __str__(self) -> str:
        return self.picture_alt
