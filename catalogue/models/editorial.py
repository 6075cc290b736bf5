"""What editors put together: collections and stories."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from catalogue.models.product import Product
from catalogue.querysets import CollectionQuerySet, StoryQuerySet
from lumajang_crafts.lib.addressed import Addressed
from lumajang_crafts.lib.pictured import Pictured, has_alt_text


class Collection(Addressed, Pictured):
    """Works that belong together for a reader, in a chosen order."""

    picture_folder = "collections"

    title = models.CharField(_("title"), max_length=80, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=80, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    intro = models.TextField(_("introduction"))
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    products = models.ManyToManyField(
        Product, through="CollectionItem", related_name="collections", verbose_name=_("products")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-published_at", "title"]
        constraints = [has_alt_text("catalogue_collection")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        related_name="collection_items",
        verbose_name=_("product"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("work in a collection")
        verbose_name_plural = _("works in a collection")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "product"], name="catalogue_collectionitem_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)


class Story(Addressed, Pictured):
    """An article about a maker, a motif or a place, written as lib/prose.py reads it."""

    picture_folder = "stories"

    title = models.CharField(_("title"), max_length=120, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=120, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    lead = models.CharField(_("lead"), max_length=300)
    lead_en = models.CharField(_("lead (English)"), max_length=300, blank=True)
    body = models.TextField(_("text"))
    body_en = models.TextField(_("text (English)"), blank=True)
    artisan = models.ForeignKey(
        Artisan,
        models.SET_NULL,
        related_name="stories",
        null=True,
        blank=True,
        verbose_name=_("artisan"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-published_at", "title"]
        constraints = [
            has_alt_text("catalogue_story"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(picture=""),
                name="catalogue_story_published_has_picture",
                violation_error_message=_("A published story needs a picture."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.slug])

    @property
    def maker(self) -> Artisan | None:
        """The maker it is about, if a visitor may see them."""
        artisan = self.artisan
        return artisan if artisan and artisan.status == Artisan.Status.PUBLISHED else None
