"""Workshops and the people who may act for them."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from artisans.models.district import District
from artisans.querysets import ArtisanQuerySet
from lumajang_crafts.lib.addressed import Addressed
from lumajang_crafts.lib.encrypted import EncryptedTextField
from lumajang_crafts.lib.pictured import Pictured, has_alt_text


class Artisan(Addressed, Pictured):
    """A workshop: one person, a group of neighbours or a small firm.

    Only what the artisan agreed to show is public; contact fields are for the
    council and encrypted. `monthly_capacity` counts pieces.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("individual maker")
        GROUP = "group", _("craft group")
        COOPERATIVE = "cooperative", _("cooperative")
        COMPANY = "company", _("small firm")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUSPENDED = "suspended", _("suspended")

    picture_folder = "artisans"

    name = models.CharField(_("workshop"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    maker_name = models.CharField(_("maker"), max_length=80)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="artisans", verbose_name=_("district")
    )
    village = models.CharField(_("village"), max_length=60)
    since = models.PositiveSmallIntegerField(_("making since (year)"), null=True, blank=True)
    lead = models.CharField(_("in one sentence"), max_length=200)
    lead_en = models.CharField(_("in one sentence (English)"), max_length=200, blank=True)
    quote = models.CharField(_("in their own words"), max_length=240, blank=True)
    quote_en = models.CharField(_("in their own words (English)"), max_length=240, blank=True)
    story = models.TextField(_("story"), blank=True)
    story_en = models.TextField(_("story (English)"), blank=True)
    monthly_capacity = models.PositiveIntegerField(_("pieces a month"), null=True, blank=True)
    workers_female = models.PositiveSmallIntegerField(_("women at work"), default=0)
    workers_male = models.PositiveSmallIntegerField(_("men at work"), default=0)
    whatsapp = PhoneNumberField(
        _("public WhatsApp number"),
        blank=True,
        help_text=_("Shown to everyone. Leave empty unless the artisan agreed."),
    )
    contact_phone = EncryptedTextField(_("private phone number"), blank=True)
    contact_email = EncryptedTextField(_("private e-mail address"), blank=True)
    contact_address = EncryptedTextField(_("private address"), blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    is_trusted = models.BooleanField(
        _("trusted"), default=False, help_text=_("May change approved listings without curation.")
    )
    is_vat_registered = models.BooleanField(
        _("registered for value added tax (PKP)"),
        default=False,
        db_default=False,
        help_text=_("Only then is tax added to the price."),
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Invented for the demo; the page says so.")
    )
    joined_on = models.DateField(_("in the catalogue since"), null=True, blank=True)
    closed_from = models.DateField(_("closed from"), null=True, blank=True)
    closed_until = models.DateField(_("closed until"), null=True, blank=True)
    closed_note = models.CharField(_("why closed"), max_length=200, blank=True)
    closed_note_en = models.CharField(_("why closed (English)"), max_length=200, blank=True)

    objects = ArtisanQuerySet.as_manager()
    product_count: int  # by catalogue.makers.counted()

    class Meta:
        verbose_name = _("artisan")
        verbose_name_plural = _("artisans")
        ordering = ["name"]
        constraints = [
            has_alt_text("artisans_artisan"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "suspended"]),
                name="artisans_artisan_status_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_until__isnull=True)
                | Q(closed_from__isnull=False, closed_until__gte=F("closed_from")),
                name="artisans_artisan_closed_in_order",
                violation_error_message=_("The closing must begin before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("artisan", args=[self.slug])

    def is_closed_on(self, day: datetime.date) -> bool:
        """Tell whether the workshop rests on that day; an open end lasts until told."""
        if self.closed_from is None or day < self.closed_from:
            return False
        return self.closed_until is None or day <= self.closed_until

    @property
    def is_closed_today(self) -> bool:
        return self.is_closed_on(timezone.localdate())


class Membership(models.Model):
    """The right of a user to act for a workshop."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        HELPER = "helper", _("helper")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    artisan = models.ForeignKey(Artisan, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.OWNER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["artisan", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "artisan"], name="artisans_membership_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.artisan}"
