"""Where the council receives money: changed by two people, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.querysets import ReceivingQuerySet


class Receiving(models.Model):
    """A place for money that one person proposes and another approves.

    The rows themselves are the history: what is written never changes, a change
    is a new row, and `retired_at` ends an old one.
    """

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("retired by"),
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = ReceivingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_by=F("proposed_by")),
                name="orders_%(class)s_two_people",
            ),
            models.CheckConstraint(
                condition=Q(retired_by__isnull=True, retired_at__isnull=True)
                | Q(retired_by__isnull=False, retired_at__isnull=False),
                name="orders_%(class)s_retired_by_someone",
            ),
        ]

    @property
    def is_live(self) -> bool:
        return self.approved_at is not None and self.retired_at is None


class BankAccount(Receiving):
    """An account that buyers transfer to."""

    bank = models.CharField(_("bank"), max_length=40)
    number = models.CharField(_("account number"), max_length=30)
    holder = models.CharField(_("account holder"), max_length=80)

    class Meta(Receiving.Meta):
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"


class QrisCode(Receiving):
    """The council's static QRIS as its acquirer issued it; name, city and NMID are read from it."""

    payload = models.CharField(_("QRIS code (text)"), max_length=512)
    merchant_name = models.CharField(_("merchant name"), max_length=25, editable=False)
    city = models.CharField(_("city"), max_length=15, editable=False)
    nmid = models.CharField("NMID", max_length=15, editable=False)

    class Meta(Receiving.Meta):
        verbose_name = _("QRIS code")
        verbose_name_plural = _("QRIS codes")

    def __str__(self) -> str:
        return f"{self.merchant_name} {self.nmid}"
