"""One listing: a work of craft, whoever makes it and however often."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from catalogue.models.category import HS_CODE, Category
from catalogue.models.vocabulary import Material, Motif, Technique
from catalogue.querysets import ProductQuerySet
from lumajang_crafts.lib import steps
from lumajang_crafts.lib.addressed import Addressed
from lumajang_crafts.lib.translated import Translated

if TYPE_CHECKING:
    from catalogue.models.photo import Photo


class Product(Addressed, Translated, models.Model):
    """A work of one workshop. What is bought is one of its variants.

    Sizes are cm, weights grams; "packed" is the parcel as couriers measure it.
    `lead_days` are days until ready to ship, `making_days` days of work in one
    piece. `price_min` and `price_max` mirror the active variants in whole
    rupiah (`listing.save_prices`), so that lists sort by an index. The picture for
    shared links is drawn by a job (`share_card.draw`); `share_digest` tells from what.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Dye(models.TextChoices):
        NATURAL = "natural", _("natural dye")
        SYNTHETIC = "synthetic", _("synthetic dye")
        MIXED = "mixed", _("natural and synthetic dye")

    artisan = models.ForeignKey(
        Artisan, models.PROTECT, related_name="products", verbose_name=_("artisan")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="products", verbose_name=_("category")
    )
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    slug = models.SlugField(max_length=130, unique=True)
    description = models.TextField(_("description"))
    description_en = models.TextField(_("description (English)"), blank=True)
    techniques = models.ManyToManyField(
        Technique, related_name="products", verbose_name=_("techniques")
    )
    materials = models.ManyToManyField(
        Material, through="ProductMaterial", related_name="products", verbose_name=_("materials")
    )
    motifs = models.ManyToManyField(
        Motif, related_name="products", blank=True, verbose_name=_("motifs")
    )
    dye = models.CharField(_("dye"), max_length=9, choices=Dye.choices, blank=True)
    dye_note = models.CharField(_("dyed with"), max_length=120, blank=True)
    dye_note_en = models.CharField(_("dyed with (English)"), max_length=120, blank=True)
    care = models.TextField(_("care"), blank=True, help_text=_("Empty: the category's advice."))
    care_en = models.TextField(_("care (English)"), blank=True)
    made_by = models.CharField(
        _("made by"), max_length=80, blank=True, help_text=_("Empty: the workshop's maker.")
    )
    making_days = models.PositiveSmallIntegerField(_("days of work"), null=True, blank=True)
    option1_name = models.CharField(_("first option"), max_length=30, blank=True)
    option1_name_en = models.CharField(_("first option (English)"), max_length=30, blank=True)
    option2_name = models.CharField(_("second option"), max_length=30, blank=True)
    option2_name_en = models.CharField(_("second option (English)"), max_length=30, blank=True)
    length_cm = models.DecimalField(
        _("length (cm)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    width_cm = models.DecimalField(
        _("width (cm)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    height_cm = models.DecimalField(
        _("height (cm)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    net_weight_g = models.DecimalField(
        _("weight (g)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    packed_length_cm = models.PositiveSmallIntegerField(_("packed length (cm)"))
    packed_width_cm = models.PositiveSmallIntegerField(_("packed width (cm)"))
    packed_height_cm = models.PositiveSmallIntegerField(_("packed height (cm)"))
    packed_weight_g = models.PositiveIntegerField(_("packed weight (g)"))
    lead_days = models.PositiveSmallIntegerField(_("days until ready to ship"), default=2)
    min_order = models.PositiveSmallIntegerField(
        _("fewest per order"), default=1, validators=[MinValueValidator(1)]
    )
    max_order = models.PositiveSmallIntegerField(_("most per order"), null=True, blank=True)
    hs_code = models.CharField(
        _("HS code"),
        max_length=10,
        blank=True,
        validators=[HS_CODE],
        help_text=_("Empty: the category's code."),
    )
    is_exportable = models.BooleanField(_("may be sent abroad"), default=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    price_min = models.PositiveBigIntegerField(null=True, editable=False)
    price_max = models.PositiveBigIntegerField(null=True, editable=False)
    share_picture = models.FileField(max_length=120, blank=True, editable=False, db_default="")
    share_digest = models.CharField(max_length=64, blank=True, editable=False, db_default="")

    objects = ProductQuerySet.as_manager()
    cover_row: dict[str, Any] | None
    has_batikmark: bool  # by with_batikmark()
    shared_motifs: int  # by beside()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="catalogue_product_newest",
            ),
            models.Index(
                fields=["price_min", "id"],
                condition=Q(status="published"),
                name="catalogue_product_cheapest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "archived"])
                | Q(
                    status="published",
                    published_at__isnull=False,
                    price_min__isnull=False,
                    price_min__gt=0,
                ),
                name="catalogue_product_published_has_date_and_price",
            ),
            models.CheckConstraint(
                condition=Q(price_min__isnull=True, price_max__isnull=True)
                | Q(price_min__lte=F("price_max")),
                name="catalogue_product_prices_in_order",
            ),
            models.CheckConstraint(
                condition=Q(min_order__gte=1)
                & (Q(max_order__isnull=True) | Q(max_order__gte=F("min_order"))),
                name="catalogue_product_order_bounds",
                violation_error_message=_("The most per order must not be below the fewest."),
            ),
            models.CheckConstraint(
                condition=Q(
                    packed_length_cm__gt=0,
                    packed_width_cm__gt=0,
                    packed_height_cm__gt=0,
                    packed_weight_g__gt=0,
                ),
                name="catalogue_product_parcel_positive",
                violation_error_message=_("A parcel has a size and a weight above zero."),
            ),
            models.CheckConstraint(
                condition=Q(option2_name="") | ~Q(option1_name=""),
                name="catalogue_product_first_option_first",
                violation_error_message=_("Name the first option before the second."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.PUBLISHED, Status.ARCHIVED}),
        Status.PUBLISHED: frozenset({Status.ARCHIVED}),
        Status.ARCHIVED: frozenset({Status.PUBLISHED, Status.DRAFT}),
    }

    def move_to(self, status: Status) -> None:
        """Change the status on the row; the caller holds its lock and saves.

        Raises IllegalTransition when the graph has no such step.
        """
        steps.check(self, status, self.NEXT)
        self.status = status

    move_to.alters_data = True  # type: ignore[attr-defined]

    def drop_share_picture(self) -> None:
        """Forget the picture for shared links; the caller saves, and its file goes on commit."""
        storage, name = self.share_picture.storage, self.share_picture.name
        self.share_picture, self.share_digest = "", ""
        if name:
            transaction.on_commit(partial(storage.delete, name))

    drop_share_picture.alters_data = True  # type: ignore[attr-defined]

    @property
    def has_price_range(self) -> bool:
        return self.price_min != self.price_max

    @cached_property
    def cover(self) -> "Photo | None":
        """The first photo: from the columns that `with_cover` loads, else the photos themselves."""
        if not hasattr(self, "cover_row"):
            return next(iter(self.photos.all()), None)
        photo: type[Photo] = apps.get_model("catalogue", "Photo")
        return photo(**self.cover_row) if self.cover_row else None

    @cached_property
    def supplies(self) -> list[str]:
        """How the offered variants come to be; `with_offer` loads it."""
        return sorted({variant.supply for variant in self.variants.all() if variant.is_active})

    @cached_property
    def is_sold_out(self) -> bool:
        """Nothing can be bought now; `with_offer` loads it."""
        return not any(variant.is_buyable for variant in self.variants.all())

    @property
    def card_facts(self) -> tuple[Any, ...]:
        """Everything that its card shows: a card drawn from equal facts is the same card."""
        return (
            self.slug,
            self.name,
            self.name_en,
            self.price_min,
            self.price_max,
            self.artisan.name,
            self.artisan.district.name,
            self.badge,
            self.cover and (self.cover.picture.name, self.cover.picture_widths),
        )

    @cached_property
    def is_sold(self) -> bool:
        """Tell whether it was one of a kind and has found its owner; `with_offer` loads it."""
        offered = [variant for variant in self.variants.all() if variant.is_active]
        return bool(offered) and all(variant.is_sold for variant in offered)

    @property
    def badge(self) -> str:
        """The one thing a card says besides the price; the most urgent wins."""
        if self.is_sold_out:
            return "sold" if self.is_sold else "sold_out"
        if self.supplies == ["one_of_a_kind"]:
            return "one_of_a_kind"
        if self.supplies == ["made_to_order"]:
            return "made_to_order"
        return "batikmark" if getattr(self, "has_batikmark", False) else ""
