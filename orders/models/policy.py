"""Deadlines and limits of selling, as the council sets them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.querysets import SalesPolicyQuerySet


class SalesPolicy(models.Model):
    """The rules in force from a moment on. Append-only: a change is a new row.

    Money is whole rupiah, time is minutes. QRIS allows at most Rp10,000,000 a
    payment (Bank Indonesia).
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    valid_from = models.DateTimeField(_("in force from"), default=timezone.now)
    transfer_minutes = models.PositiveIntegerField(
        _("time to pay by transfer or QRIS (minutes)"), default=24 * 60
    )
    gateway_minutes = models.PositiveIntegerField(
        _("time to pay at the gateway (minutes)"), default=60
    )
    max_unpaid_orders = models.PositiveSmallIntegerField(
        _("most unpaid orders of one buyer"), default=3
    )
    max_unpaid_units = models.PositiveSmallIntegerField(
        _("most unpaid pieces of one work from stock"),
        default=5,
        help_text=_("A work that names its own most per order may be held up to that."),
    )
    qris_limit = models.PositiveBigIntegerField(_("most by QRIS (rupiah)"), default=10_000_000)
    vat_permille = models.PositiveSmallIntegerField(
        _("value added tax (per thousand)"),
        default=110,
        help_text=_("Charged only on works of makers who are registered for it."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SalesPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("sales policy")
        verbose_name_plural = _("sales policies")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    transfer_minutes__gte=10,
                    gateway_minutes__gte=10,
                    max_unpaid_orders__gte=1,
                    max_unpaid_units__gte=1,
                    qris_limit__gte=1,
                ),
                name="orders_salespolicy_leaves_room",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d %H:%M}"
