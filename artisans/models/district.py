"""The 21 kecamatan of Lumajang."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from artisans.querysets import DistrictQuerySet
from lumajang_crafts.lib.translated import Translated


class District(Translated, models.Model):
    """A kecamatan, with its place on the atlas of equal tiles.

    `code` is Kemendagri's, `bps_code` that of Statistics Indonesia: two lists
    with different orders. `name_parts` marks with hyphens where a long name may
    break. Latitude and longitude are degrees of the centroid.
    """

    class Disruption(models.TextChoices):
        NONE = "none", _("no disruption")
        DELAYED = "delayed", _("deliveries delayed")
        CLOSED = "closed", _("cut off for now")

    code = models.CharField(_("Kemendagri code"), max_length=8, unique=True)
    bps_code = models.CharField(_("BPS code"), max_length=7, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    name_parts = models.CharField(_("name with break marks"), max_length=45)
    slug = models.SlugField(unique=True)
    postcode = models.CharField(_("main postcode"), max_length=5)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    tile_row = models.PositiveSmallIntegerField(_("tile row"))
    tile_column = models.PositiveSmallIntegerField(_("tile column"))
    about = models.TextField(_("about the place"), blank=True)
    about_en = models.TextField(_("about the place (English)"), blank=True)
    disruption = models.CharField(
        _("disruption"), max_length=8, choices=Disruption.choices, default=Disruption.NONE
    )
    disruption_note = models.CharField(_("disruption note"), max_length=200, blank=True)
    disruption_note_en = models.CharField(
        _("disruption note (English)"), max_length=200, blank=True
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"], name="artisans_district_tile_unique"
            ),
            models.CheckConstraint(
                condition=Q(code__startswith="35.08."), name="artisans_district_in_lumajang"
            ),
            models.CheckConstraint(
                condition=Q(tile_row__range=(1, 6), tile_column__range=(1, 6)),
                name="artisans_district_tile_on_grid",
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^\d{5}$"), name="artisans_district_postcode_format"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("district", args=[self.slug])
