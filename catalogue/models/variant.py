"""What can be bought, and every change of its stock."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from catalogue.models.product import Product
from catalogue.querysets import VariantQuerySet
from lumajang_crafts.lib.translated import Translated

if TYPE_CHECKING:
    from catalogue.models.tier import PriceTier

LAST_FEW = 3  # pieces


class Variant(Translated, models.Model):
    """One buyable form of a product; a product without options has exactly one.

    Price is whole rupiah. `on_hand` pieces exist, `reserved` of them are
    promised to unpaid or unshipped orders. A made-to-order variant holds no
    stock: `max_order` and the workshop's monthly capacity bound it. A
    one-of-a-kind variant never has more than one piece, ever.
    """

    class Supply(models.TextChoices):
        STOCK = "stock", _("from stock")
        MADE_TO_ORDER = "made_to_order", _("made to order")
        ONE_OF_A_KIND = "one_of_a_kind", _("one of a kind")

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="variants", verbose_name=_("product")
    )
    sku = models.CharField(_("SKU"), max_length=40, unique=True)
    option1 = models.CharField(_("first option"), max_length=40, blank=True)
    option1_en = models.CharField(_("first option (English)"), max_length=40, blank=True)
    option2 = models.CharField(_("second option"), max_length=40, blank=True)
    option2_en = models.CharField(_("second option (English)"), max_length=40, blank=True)
    price = models.PositiveBigIntegerField(_("price (rupiah)"))
    supply = models.CharField(
        _("supply"), max_length=13, choices=Supply.choices, default=Supply.STOCK
    )
    on_hand = models.PositiveIntegerField(_("on hand"), default=0, editable=False)
    reserved = models.PositiveIntegerField(_("reserved"), default=0, editable=False)
    max_order = models.PositiveSmallIntegerField(_("most per order"), null=True, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["product", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "option1", "option2"], name="catalogue_variant_options_unique"
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="catalogue_variant_price_positive",
                violation_error_message=_("The price must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("on_hand")),
                name="catalogue_variant_reserved_within_on_hand",
            ),
            models.CheckConstraint(
                condition=~Q(supply="made_to_order") | Q(on_hand=0, reserved=0),
                name="catalogue_variant_made_to_order_holds_no_stock",
            ),
            models.CheckConstraint(
                condition=~Q(supply="made_to_order") | Q(max_order__isnull=False, max_order__gte=1),
                name="catalogue_variant_made_to_order_is_bounded",
                violation_error_message=_("Made to order needs a most per order."),
            ),
            models.CheckConstraint(
                condition=~Q(supply="one_of_a_kind") | Q(on_hand__lte=1),
                name="catalogue_variant_one_of_a_kind_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.sku}"

    @property
    def available(self) -> int:
        """Pieces that can be promised now."""
        return self.on_hand - self.reserved

    @property
    def is_buyable(self) -> bool:
        if not self.is_active:
            return False
        return self.supply == self.Supply.MADE_TO_ORDER or self.available > 0

    @property
    def is_offered(self) -> bool:
        """Tell whether a visitor sees it for sale, however many are left."""
        product = self.product
        return (
            self.is_active
            and product.status == Product.Status.PUBLISHED
            and product.artisan.status == Artisan.Status.PUBLISHED
        )

    @property
    def most_order(self) -> int:
        """The most pieces that one order may hold now; below `product.min_order` it holds none."""
        is_to_order = self.supply == self.Supply.MADE_TO_ORDER
        bounds = [self.max_order if is_to_order else self.available, self.product.max_order]
        if self.supply == self.Supply.ONE_OF_A_KIND:
            bounds.append(1)
        return min(bound for bound in bounds if bound is not None)

    @property
    def is_orderable(self) -> bool:
        """Tell whether the smallest order that the work allows can be had now."""
        return self.is_buyable and self.most_order >= self.product.min_order

    @property
    def wholesale(self) -> "list[PriceTier]":
        """The tiers that are cheaper than one piece, smallest number first; prefetch `tiers`."""
        cheaper = [tier for tier in self.tiers.all() if tier.price < self.price]
        return sorted(cheaper, key=lambda tier: tier.min_quantity)

    @property
    def is_last_few(self) -> bool:
        """Tell whether so few are left that the number matters more than the fact."""
        return 0 < self.available <= LAST_FEW

    @property
    def is_sold(self) -> bool:
        """Tell whether the one piece there was is gone for good; a promised one is not yet."""
        return self.supply == self.Supply.ONE_OF_A_KIND and self.on_hand == 0

    @property
    def label(self) -> str:
        """The chosen options in the reader's language, "M · Pirus"."""
        return " · ".join(part for part in (self.tr("option1"), self.tr("option2")) if part)


class StockMovement(models.Model):
    """One change of `on_hand`: append-only, its sum equals the counter.

    A one-of-a-kind variant is received once in its life; what comes back from a
    buyer is a return, not a second piece.
    """

    append_only = True  # grant_roles takes UPDATE and DELETE from the serving role

    class Reason(models.TextChoices):
        RECEIVED = "received", _("received from the workshop")
        SOLD = "sold", _("sold")
        RETURNED = "returned", _("returned by a buyer")
        CORRECTED = "corrected", _("counted again")
        LOST = "lost", _("lost or damaged")

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="movements")
    reason = models.CharField(_("reason"), max_length=9, choices=Reason.choices)
    quantity = models.IntegerField(_("change"))
    is_one_of_a_kind = models.BooleanField(editable=False, default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(quantity=0), name="catalogue_stockmovement_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(reason="corrected")
                | Q(reason__in=["received", "returned"], quantity__gt=0)
                | Q(reason__in=["sold", "lost"], quantity__lt=0),
                name="catalogue_stockmovement_sign_fits_reason",
            ),
            models.UniqueConstraint(
                fields=["variant"],
                condition=Q(is_one_of_a_kind=True, reason="received"),
                name="catalogue_stockmovement_one_of_a_kind_received_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant.sku} {self.quantity:+d}"
