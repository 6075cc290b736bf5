"""Where the parcels of an order go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PostalAddress
from orders.models.order import Order


class Destination(PostalAddress):
    """The address as the buyer gave it; an order that is collected in person has none."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="destination")

    class Meta(PostalAddress.Meta):
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")

    def __str__(self) -> str:
        return f"{self.order}"
