"""What the council wants every visitor to know for a while."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import AnnouncementQuerySet
from lumajang_crafts.lib.translated import Translated

LINK = r"^(/([^/\\].*)?|https://[^\s]+)$"


class Announcement(Translated, models.Model):
    """One sentence above every public page, between two moments."""

    class Level(models.TextChoices):
        NEWS = "news", _("news")
        IMPORTANT = "important", _("important")

    text = models.CharField(_("text"), max_length=160)
    text_en = models.CharField(_("text (English)"), max_length=160)
    link = models.CharField(
        _("link"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(LINK, _("Begin with / for a page of ours, else https://."))],
        help_text=_("An Indonesian address of ours, like /cerita/, or one that begins https://."),
    )
    level = models.CharField(_("level"), max_length=9, choices=Level.choices, default=Level.NEWS)
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["position", "-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="catalogue_announcement_ends_after_it_starts",
                violation_error_message=_("It must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=["news", "important"]),
                name="catalogue_announcement_level_known",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(text_en=""),
                name="catalogue_announcement_in_both_languages",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__regex=LINK), name="catalogue_announcement_link_safe"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def edition(self) -> str:
        """What a reader's browser remembers when they close it; a changed text returns."""
        return f"{self.pk}-{self.changed_at:%Y%m%d%H%M%S}"

    @property
    def href(self) -> str:
        """The link in the reader's language, where it leads to a page of ours."""
        reader = get_language() or "id"
        with override("id"):  # staff write the Indonesian address
            return translate_url(self.link, reader) if self.link.startswith("/") else self.link
