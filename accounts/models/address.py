"""Where things are sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts import countries
from accounts.models.region import Region
from accounts.models.user import User
from accounts.querysets import AddressQuerySet

HOME = countries.HOME


class PostalAddress(models.Model):
    """An address as a courier needs it. Its children are kept or frozen copies.

    In Indonesia `region` is the district and the rest hangs on it; abroad the
    place is told by `city`, `state` and `postcode`. A child's Meta inherits this
    one and repeats its constraints beside its own.
    """

    country = models.CharField(_("country"), max_length=2, default=HOME)
    recipient = models.CharField(_("recipient"), max_length=80)
    phone = PhoneNumberField(_("phone number"))
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    village = models.CharField(_("village"), max_length=80, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    state = models.CharField(_("state or province"), max_length=80, blank=True)
    landmark = models.CharField(_("landmark"), max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$"),
                name="%(app_label)s_%(class)s_country_format",
            ),
            models.CheckConstraint(
                condition=~Q(country=HOME)
                | (Q(region__isnull=False, postcode__regex=r"^\d{5}$") & ~Q(village="")),
                name="%(app_label)s_%(class)s_complete_in_indonesia",
            ),
            models.CheckConstraint(
                condition=Q(country=HOME) | (Q(region__isnull=True) & ~Q(city="")),
                name="%(app_label)s_%(class)s_complete_abroad",
            ),
            models.CheckConstraint(
                condition=Q(rt__regex=r"^(\d{3})?$", rw__regex=r"^(\d{3})?$"),
                name="%(app_label)s_%(class)s_rt_rw_format",
            ),
        ]

    @property
    def is_abroad(self) -> bool:
        return self.country != HOME

    @property
    def district(self) -> Region | None:
        """The district; like regency and province free of queries after `with_region()`."""
        return self.region

    @property
    def regency(self) -> Region | None:
        return self.region.parent if self.region else None

    @property
    def province(self) -> Region | None:
        regency = self.regency
        return regency.parent if regency else None

    def lines(self) -> list[str]:
        """The label as the country of the receiver writes it; never empty lines."""
        lines = self._foreign_lines() if self.is_abroad else self._home_lines()
        return [line for line in [self.recipient, *lines] if line]

    def _home_lines(self) -> list[str]:
        """Couriers in Indonesia read Indonesian, whatever the page speaks."""
        return [
            ", ".join(filter(None, [self.street, self._rt_rw()])),
            f"{self.village}, Kec. {self.district}",
            f"{self.regency}, {self.province} {self.postcode}",
            f"Patokan: {self.landmark}" if self.landmark else "",
        ]

    def _rt_rw(self) -> str:
        parts = {"RT": self.rt, "RW": self.rw}
        return "/".join(f"{name} {number}" for name, number in parts.items() if number)

    def _foreign_lines(self) -> list[str]:
        last = countries.habit(self.country).last_lines(self.city, self.state, self.postcode)
        return [self.street, *last, countries.name(self.country, "en").upper()]


class Address(PostalAddress):
    """An address that a person keeps for the next parcel."""

    user = models.ForeignKey(User, models.CASCADE, related_name="addresses")
    label = models.CharField(
        _("name of the address"), max_length=30, blank=True, help_text=_("Such as Home or Office.")
    )
    is_default = models.BooleanField(_("usual address"), default=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = AddressQuerySet.as_manager()

    class Meta(PostalAddress.Meta):
        abstract = False
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_default", "-created_at", "-pk"]
        constraints = [
            *PostalAddress.Meta.constraints,
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default=True),
                name="accounts_address_one_default_per_user",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.recipient
