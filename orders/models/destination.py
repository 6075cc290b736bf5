"""Where an order goes, as it was when it was placed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PostalAddress
from orders.models.order import Order


class Destination(PostalAddress):
    """A copy of the address: changing one's own address later changes no order."""

    order = models.OneToOneField(
        Order, models.PROTECT, related_name="destination", verbose_name=_("order")
    )

    class Meta(PostalAddress.Meta):
        abstract = False
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")

    def __str__(self) -> str:
        return f"{self.order}: {self.recipient}"
