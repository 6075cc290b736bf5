"""The shelves: crafts, and categories inside them."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import CategoryQuerySet
from lumajang_crafts.lib.translated import Translated

HS_CODE = RegexValidator(r"^\d{4}(\.\d{2}(\.\d{2})?)?$", _("Write the HS code like 5208.51."))


class Category(Translated, models.Model):
    """A craft (no parent) or a category inside one.

    `is_batik`: only products with a true batik technique may stand here
    (SNI 0239: batik is made by resist with wax). `hs_code` is the default for
    export papers. `care` is the default advice for what stands here.
    """

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        limit_choices_to={"parent": None},
        verbose_name=_("craft"),
    )
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    slug = models.SlugField(unique=True)
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    intro_en = models.CharField(_("introduction (English)"), max_length=300, blank=True)
    care = models.TextField(_("care"), blank=True)
    care_en = models.TextField(_("care (English)"), blank=True)
    hs_code = models.CharField(_("HS code"), max_length=10, blank=True, validators=[HS_CODE])
    is_batik = models.BooleanField(_("true batik only"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CategoryQuerySet.as_manager()
    photo_row: dict[str, Any] | None  # by with_oldest_photo()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                nulls_distinct=False,
                name="catalogue_category_name_unique",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="catalogue_category_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        key = "craft" if self.parent_id is None else "category"
        return f"{reverse('product_list')}?{key}={self.slug}"
