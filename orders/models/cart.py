"""What a visitor means to buy. Nothing is promised yet."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Variant
from orders.querysets import CartLineQuerySet, CartQuerySet


def new_key() -> str:
    """Return 256 random bits as text: what a guest's cookie names the cart by."""
    return secrets.token_urlsafe(32)


class Cart(models.Model):
    """The cart of a guest, known by `key`, or of an account holder.

    `checkout_key` is the idempotency key of the next order: the form carries it,
    and placing an order replaces it.
    """

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="cart", null=True, blank=True
    )
    checkout_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        ordering = ["-touched_at"]

    def __str__(self) -> str:
        return f"{self.pk}"


class CartLine(models.Model):
    """So many pieces of one variant; `price_seen` is the price in rupiah when last shown."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    price_seen = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    objects = CartLineQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cart", "variant"], name="orders_cartline_variant_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="orders_cartline_quantity_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
