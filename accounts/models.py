"""Who signs in, the regions that addresses use, and the documents people agree to."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.querysets import DocumentQuerySet
from lumajang_crafts.lib.translated import Translated

VERSION = r"^\d{4}-\d{2}(-\d+)?$"


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Create a person who signs in by e-mail or phone.

        Raises IntegrityError when both are missing or one is taken.
        """
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A buyer, an artisan or a member of the council's staff."""

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesian")
        ENGLISH = "en", _("English")

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    phone = PhoneNumberField(_("mobile number"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.INDONESIAN
    )
    is_staff = models.BooleanField(_("council staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="accounts_user_has_email_or_phone",
                violation_error_message=_("Give an e-mail address or a mobile number."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="accounts_user_email_lowercase",
            ),
            models.CheckConstraint(condition=~Q(phone=""), name="accounts_user_phone_not_empty"),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="accounts_user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or str(self.phone)

    def clean(self) -> None:
        self.email = (self.email or "").strip().lower() or None
        self.phone = self.phone or None


class Region(models.Model):
    """A province, regency (kabupaten or kota) or district of Indonesia.

    Codes are Kemendagri's (decree 300.2.2-2138 of 2025), which differ from the
    codes of BPS; never derive one from the other. A district's postcode is the
    most common one of its villages: a default to offer, not a check.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency or city")
        DISTRICT = "district", _("district")

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True)
                | Q(level__in=["regency", "district"], parent__isnull=False),
                name="accounts_region_parent_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\.\d{2}(\.\d{2})?)?$"),
                name="accounts_region_code_format",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{5}$"),
                name="accounts_region_postcode_format",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Document(Translated, models.Model):
    """One version of the privacy notice or the terms, exactly as people read it.

    Append-only: a person may have agreed to it, so a published version stays as
    it is for ever and a change is a new version. The text is written as
    lib/prose.py reads it.
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("privacy notice")
        TERMS = "terms", _("terms and conditions")

    kind = models.CharField(_("document"), max_length=7, choices=Kind.choices)
    version = models.CharField(
        _("version"),
        max_length=12,
        validators=[RegexValidator(VERSION, _("Write the version like 2026-11 or 2026-11-2."))],
        help_text=_("Year and month; a second version in the same month ends in -2."),
    )
    valid_from = models.DateField(_("in force from"))
    body = models.TextField(
        _("text"), help_text=_("Blank lines part paragraphs; “## ” begins a heading, “- ” a list.")
    )
    body_en = models.TextField(_("text (English)"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"], name="accounts_document_version_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["privacy", "terms"]), name="accounts_document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(version__regex=VERSION), name="accounts_document_version_format"
            ),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(body_en=""), name="accounts_document_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}_version", args=[self.version])

    @property
    def is_upcoming(self) -> bool:
        return self.valid_from > timezone.localdate()
