"""Questions about carts, orders and money."""

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery, Sum
from django.utils import timezone

from catalogue.querysets.product import cover_columns, rows

if TYPE_CHECKING:
    from accounts.models import User
    from orders.models import (  # noqa: F401  named in strings
        Cart,
        CartLine,
        CourierService,
        Order,
        Payment,
        SalesPolicy,
    )

UNPAID = ("pending", "awaiting_verification")
OPEN = ("new", "pending", "held")
MONEY = ("paid", "partly_refunded")
BY_HAND = ("transfer", "qris")
GRACE = datetime.timedelta(minutes=15)  # how long after its time a gateway's word is awaited


class CartQuerySet(models.QuerySet["Cart"]):
    def guests(self) -> Self:
        """Carts that a cookie's key may open; that of an account holder opens to nobody else."""
        return self.filter(user=None)

    def abandoned(self, before: datetime.datetime) -> Self:
        return self.filter(touched_at__lt=before)


class CartLineQuerySet(models.QuerySet["CartLine"]):
    def for_sale(self) -> Self:
        """Load what a line's price, parcel and maker are worked out from, in two queries."""
        lines = self.select_related("variant__product__artisan__district")
        return lines.prefetch_related("variant__tiers")

    def with_cover(self) -> Self:
        """Add `cover_row`, the columns of the work's first photo."""
        photos = rows("Photo").filter(product=OuterRef("variant__product"))
        first = photos.order_by("position", "pk").values(row=cover_columns())[:1]
        return self.annotate(cover_row=Subquery(first))


class SalesPolicyQuerySet(models.QuerySet["SalesPolicy"]):
    def current(self) -> "SalesPolicy":
        """The rules in force now; the defaults where the council never set any."""
        row = self.filter(valid_from__lte=timezone.now()).order_by("-valid_from", "-pk").first()
        return row or self.model()


class ReceivingQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """What buyers are shown: approved by a second person and not retired."""
        return self.filter(approved_at__isnull=False, retired_at__isnull=True)


class CourierServiceQuerySet(models.QuerySet["CourierService"]):
    def offered(self) -> Self:
        return self.filter(is_active=True)


class OrderQuerySet(models.QuerySet["Order"]):
    def locked(self) -> Self:
        """Lock the orders first, by key: every act takes order, sub-orders, variants, money."""
        return self.order_by("pk").select_for_update(of=("self",))

    def for_user(self, user: "User") -> Self:
        return self.filter(user=user)

    def for_page(self) -> Self:
        """Load what the buyer's page and the letters read, in as many queries for any order."""
        parts = apps.get_model("orders.SubOrder").objects.select_related("artisan__district")
        lines = apps.get_model("orders.OrderLine").objects
        whole = self.select_related("destination__region__parent__parent")
        return whole.prefetch_related(
            Prefetch("suborders", parts),
            Prefetch("suborders__lines", lines.select_related("variant__product__artisan")),
            "payments__refunds",
        )

    def with_pieces(self) -> Self:
        """Count the pieces of each order, for lists; the newest first."""
        counted = self.annotate(pieces=Sum("suborders__lines__quantity"))
        return counted.order_by("-placed_at", "-pk")

    def unpaid(self) -> Self:
        return self.filter(status__in=UNPAID)

    def overdue(self, now: datetime.datetime) -> Self:
        """Unpaid orders whose time has run out. A proof that waits for staff stops the clock."""
        return self.filter(status="pending", expires_at__lte=now)

    def of_contact(self, email: str, phone: str) -> Self:
        """Orders of the same buyer, as far as can be told: e-mail address or number."""
        same = Q(phone=phone)
        if email:
            same |= Q(email=email.lower())
        return self.filter(same)


class PaymentQuerySet(models.QuerySet["Payment"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def by_hand(self) -> Self:
        """Attempts that people compare by eye."""
        return self.filter(method__in=BY_HAND)

    def at_gateway(self) -> Self:
        """Attempts that the gateway may know about."""
        return self.filter(method="midtrans")

    def begun(self) -> Self:
        """Open attempts that the gateway was told of."""
        return self.open().at_gateway().exclude(address="")

    def known_to_us_alone(self) -> Self:
        """Attempts of which no gateway will ever say anything."""
        return self.filter(address="")

    def with_money(self) -> Self:
        """Attempts whose money, or a part of it, is with the council."""
        return self.filter(status__in=MONEY)

    def to_ask(self, now: datetime.datetime) -> Self:
        """Attempts of which the gateway may have news that no notice brought.

        Open ones; those that ended without its word or that a buyer may try
        again, until it was asked once after their time; and fresh payments, which
        a bank may take back within minutes.
        """
        loose = Q(status__in=["failed", "cancelled"], received=0)
        unasked = Q(asked_at__isnull=True) | Q(asked_at__lt=F("expires_at") + GRACE)
        fresh = Q(status="paid", order__paid_at__gte=now - GRACE)
        started = self.at_gateway().exclude(address="")
        return started.filter(Q(status__in=OPEN) | loose & unasked | fresh)
