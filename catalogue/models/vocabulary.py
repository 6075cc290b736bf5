"""The words of the craft: techniques, materials, motifs."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from artisans.models import Certificate
from catalogue.querysets import MotifQuerySet
from lumajang_crafts.lib.addressed import Addressed
from lumajang_crafts.lib.pictured import Pictured, has_alt_text
from lumajang_crafts.lib.translated import Translated


class Technique(Translated, models.Model):
    """A way of making.

    `steps` has one step a line, "Name: what happens". A batik technique names
    the Batikmark colour that may stand beside it (Permenperin 74/2007).
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    slug = models.SlugField(unique=True)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    steps = models.TextField(_("steps"), blank=True)
    steps_en = models.TextField(_("steps (English)"), blank=True)
    is_batik = models.BooleanField(_("true batik (wax resist)"), default=False)
    batikmark_colour = models.CharField(
        _("Batikmark colour"), max_length=6, choices=Certificate.Colour.choices, blank=True
    )

    class Meta:
        verbose_name = _("technique")
        verbose_name_plural = _("techniques")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(batikmark_colour="") | Q(is_batik=True),
                name="catalogue_technique_colour_only_batik",
                violation_error_message=_("Only a batik technique has a Batikmark colour."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def step_list(self) -> list[tuple[str, str]]:
        """Return (name, what happens) pairs in the reader's language."""
        pairs = (line.partition(":") for line in self.tr("steps").splitlines() if line.strip())
        return [(name.strip(), text.strip()) for name, _colon, text in pairs]


class Material(Translated, models.Model):
    """What a work is made of.

    `needs_papers`: trade or export of it needs proof of legal origin (SVLK for
    listed timber); the desk checks it.
    """

    class Kind(models.TextChoices):
        TEXTILE = "textile", _("textile")
        PLANT = "plant", _("bamboo and plant fibre")
        WOOD = "wood", _("wood")
        METAL = "metal", _("metal")
        STONE = "stone", _("stone")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    origin = models.TextField(_("where it comes from"), blank=True)
    origin_en = models.TextField(_("where it comes from (English)"), blank=True)
    needs_papers = models.BooleanField(_("needs proof of legal origin"), default=False)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Motif(Addressed, Pictured):
    """A pattern with a meaning, where it comes from and who keeps it.

    `is_restricted`: used only with its keeper's consent.
    """

    picture_folder = "motifs"

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    slug = models.SlugField(unique=True)
    meaning = models.TextField(_("meaning"))
    meaning_en = models.TextField(_("meaning (English)"), blank=True)
    origin = models.CharField(_("origin"), max_length=160, blank=True)
    origin_en = models.CharField(_("origin (English)"), max_length=160, blank=True)
    source = models.CharField(
        _("source of the meaning"), max_length=200, help_text=_("A book, a page or an interview.")
    )
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)
    keeper = models.CharField(_("keeper"), max_length=120, blank=True)
    is_restricted = models.BooleanField(_("only with the keeper's consent"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0, db_default=0)

    objects = MotifQuerySet.as_manager()

    class Meta:
        verbose_name = _("motif")
        verbose_name_plural = _("motifs")
        ordering = ["position", "name"]
        constraints = [has_alt_text("catalogue_motif")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("motif", args=[self.slug])
