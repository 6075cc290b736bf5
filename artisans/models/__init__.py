"""Who makes: places, workshops and their papers."""

from artisans.models.artisan import Artisan, Membership
from artisans.models.certificate import Certificate
from artisans.models.district import District

__all__ = ["Artisan", "Certificate", "District", "Membership"]
