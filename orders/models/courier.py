"""Couriers as rows: who carries, by which rules, where to and for how much."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from lumajang_crafts.lib.translated import Translated
from orders.querysets import CourierServiceQuerySet


class Zone(Translated, models.Model):
    """A part of the world that costs alike; the most specific of its codes decides.

    Codes are Kemendagri's of a province (35) or regency (35.08), or a country's
    ISO 3166-1 code (SG).
    """

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    areas = ArrayField(models.CharField(max_length=8), verbose_name=_("areas"))

    class Meta:
        verbose_name = _("shipping zone")
        verbose_name_plural = _("shipping zones")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CourierService(Translated, models.Model):
    """One service of a courier and its rules of weighing.

    Weights are kg, sides cm. `divisor` turns cm³ into volumetric kg; 0 means the
    courier does not measure. `tolerance_kg` above a whole kg is not charged.
    """

    class Kind(models.TextChoices):
        DOMESTIC = "domestic", _("within Indonesia")
        FOREIGN = "foreign", _("abroad")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    carrier = models.CharField(_("courier"), max_length=40)
    name = models.CharField(_("service"), max_length=60)
    name_en = models.CharField(_("service (English)"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.DOMESTIC)
    min_kg = models.DecimalField(_("least charged (kg)"), max_digits=6, decimal_places=2, default=1)
    tolerance_kg = models.DecimalField(
        _("tolerance (kg)"), max_digits=3, decimal_places=2, default=0
    )
    rounds_up = models.BooleanField(_("charges whole kg"), default=True)
    divisor = models.PositiveIntegerField(_("volumetric divisor (cm³ a kg)"), default=6000)
    max_kg = models.DecimalField(
        _("heaviest (kg)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    max_side_cm = models.PositiveIntegerField(_("longest side (cm)"), null=True, blank=True)
    insurance_permille = models.DecimalField(
        _("insurance (per thousand of the value)"), max_digits=5, decimal_places=2, default=2
    )
    insurance_min = models.PositiveBigIntegerField(_("least insurance (rupiah)"), default=0)
    excluded = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("goods not carried")
    )
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CourierServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("courier service")
        verbose_name_plural = _("courier services")
        ordering = ["position", "carrier", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["domestic", "foreign"]),
                name="orders_courierservice_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(min_kg__gt=0, tolerance_kg__gte=0, tolerance_kg__lt=1),
                name="orders_courierservice_weighs_sensibly",
            ),
        ]

    def __str__(self) -> str:
        return self._with_carrier(self.name)

    @property
    def label(self) -> str:
        return self._with_carrier(self.tr("name"))

    def _with_carrier(self, name: str) -> str:
        """Say who carries, unless the name begins so itself: "Pos Reguler", "Pos Indonesia EMS"."""
        is_named = self.carrier.split()[:1] == name.split()[:1]
        return name if is_named else f"{self.carrier} {name}"


class Rate(models.Model):
    """What one service asks to a zone: rupiah for the first kg, and for each further one."""

    service = models.ForeignKey(
        CourierService, models.CASCADE, related_name="rates", verbose_name=_("service")
    )
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="rates", verbose_name=_("zone"))
    first_kg = models.DecimalField(_("first (kg)"), max_digits=6, decimal_places=2, default=1)
    first_price = models.PositiveBigIntegerField(_("price of the first (rupiah)"))
    next_price = models.PositiveBigIntegerField(_("price of each further kg (rupiah)"))
    days_min = models.PositiveSmallIntegerField(_("fewest days"))
    days_max = models.PositiveSmallIntegerField(_("most days"))

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["service", "zone"]
        constraints = [
            models.UniqueConstraint(fields=["service", "zone"], name="orders_rate_once"),
            models.CheckConstraint(
                condition=Q(days_min__lte=F("days_max")),
                name="orders_rate_days_in_order",
                violation_error_message=_("The most days must not be below the fewest."),
            ),
            models.CheckConstraint(condition=Q(first_kg__gt=0), name="orders_rate_first_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.service} → {self.zone}"
