"""What a cart amounts to at this moment, and what changed since it was filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue.models import Product, Variant
from lumajang_crafts.lib.money import rupiah
from orders import pricing
from orders.models import Cart, CartLine


@dataclass(frozen=True, slots=True)
class Line:
    """So many pieces of one variant at today's price; money is rupiah.

    `problems` keep it from being ordered, `changes` the buyer must have seen;
    both are sentences in the reader's language. `key` is that of the cart's line.
    """

    key: int
    variant: Variant
    quantity: int
    unit_price: int
    problems: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def product(self) -> Product:
        return self.variant.product

    @property
    def list_price(self) -> int:
        """What one piece costs who buys only one."""
        return self.variant.price

    @property
    def total(self) -> int:
        return self.unit_price * self.quantity

    @property
    def least(self) -> int:
        return pricing.bounds(self.variant)[0]

    @property
    def most(self) -> int:
        return pricing.bounds(self.variant)[1]

    @property
    def input_id(self) -> str:
        return f"quantity-{self.key}"

    @property
    def is_gone(self) -> bool:
        """Tell whether no number of it can be ordered now."""
        return not (self.variant.is_offered and self.variant.is_orderable)


@dataclass(frozen=True, slots=True)
class Group:
    """What one workshop packs and sends. `artisan.is_closed_today` is information, no hindrance."""

    artisan: Artisan
    lines: tuple[Line, ...]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines if not line.is_gone)


@dataclass(frozen=True, slots=True)
class Basket:
    """A cart by workshop, in the order in which each first came into it."""

    groups: tuple[Group, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def parcels(self) -> list[Group]:
        """The groups of which something can be had: as many parcels are sent."""
        return [group for group in self.groups if group.goods]

    @property
    def goods(self) -> int:
        """The price of all that can be had, in rupiah, before postage and tax."""
        return sum(group.goods for group in self.groups)

    @property
    def count(self) -> int:
        """Pieces, as the header counts them."""
        return sum(line.quantity for line in self.lines)

    @property
    def has_changes(self) -> bool:
        """Tell whether the buyer must decide something first."""
        return any(line.problems or line.changes for line in self.lines)

    @property
    def has_problems(self) -> bool:
        """Tell whether something cannot be had as it was chosen."""
        return any(line.problems for line in self.lines)

    @property
    def is_orderable(self) -> bool:
        return bool(self.groups) and not self.has_changes

    def pieces(self) -> dict[int, int]:
        """Pieces by the variant's key, as `catalogue.stock` takes them."""
        return {line.variant.pk: line.quantity for line in self.lines}


def read(cart: Cart | None) -> Basket:
    """Look at the cart's lines as the catalogue stands now, in two queries."""
    if cart is None:
        return Basket()
    grouped: dict[int, list[Line]] = {}
    for row in cart.lines.for_sale().with_cover():
        line = _line(row)
        grouped.setdefault(line.product.artisan_id, []).append(line)
    return Basket(tuple(_group(lines) for lines in grouped.values()))


def _group(lines: Iterable[Line]) -> Group:
    together = tuple(lines)
    return Group(together[0].product.artisan, together)


def _line(row: CartLine) -> Line:
    variant = row.variant
    variant.product.cover_row = _cover(row)
    price = pricing.unit_price(variant, row.quantity)
    problem = pricing.refusal(variant, row.quantity)
    changes = [] if problem and not variant.is_orderable else _changes(row.price_seen, price)
    return Line(
        key=row.pk,
        variant=variant,
        quantity=row.quantity,
        unit_price=price,
        problems=(problem,) if problem else (),
        changes=tuple(changes),
    )


def _changes(seen: int, price: int) -> list[str]:
    if seen == price:
        return []
    prices = {"before": rupiah(seen), "now": rupiah(price)}
    return [_("The price of one piece changed from %(before)s to %(now)s.") % prices]


def _cover(row: CartLine) -> dict[str, Any] | None:
    cover: dict[str, Any] | None = getattr(row, "cover_row")  # noqa: B009  annotated by with_cover
    return cover
