"""What orders and their parts share: sums that add up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Sums(models.Model):
    """What is owed, in whole rupiah; the total is always the sum of its parts."""

    goods = models.PositiveBigIntegerField(_("goods"))
    shipping = models.PositiveBigIntegerField(_("shipping"), default=0)
    insurance = models.PositiveBigIntegerField(_("insurance"), default=0)
    tax = models.PositiveBigIntegerField(_("tax"), default=0)
    discount = models.PositiveBigIntegerField(_("discount"), default=0)
    total = models.PositiveBigIntegerField(_("total"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    total=F("goods") + F("shipping") + F("insurance") + F("tax") - F("discount")
                ),
                name="orders_%(class)s_total_is_the_sum",
            ),
        ]
