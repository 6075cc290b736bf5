"""Every question asked about districts and artisans."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from artisans.models import Artisan, Certificate, District  # noqa: F401  named in strings


class DistrictQuerySet(models.QuerySet["District"]):
    def in_reading_order(self) -> Self:
        """As the atlas is read: north to south, west to east."""
        return self.order_by("tile_row", "tile_column")


class ArtisanQuerySet(models.QuerySet["Artisan"]):
    def published(self) -> Self:
        """Workshops that a visitor may see."""
        return self.filter(status="published")

    def for_cards(self) -> Self:
        """Load what components/artisan_card.html reads."""
        return self.select_related("district")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid_on(self, day: datetime.date) -> Self:
        """Certificates that staff have verified and that have not run out."""
        return self.filter(verified_at__isnull=False, valid_from__lte=day).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day)
        )
