"""What an order comes to: each workshop's part, and all of them to the rupiah."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue import offer
from orders import delivery, pricing
from orders.basket import Basket, Group
from orders.couriers import packing
from orders.couriers.base import Parcel
from orders.delivery import Carriers, Option, Place
from orders.models import SalesPolicy, SubOrder


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the buyer chose: the code of an option for each maker (by key), or one for all.

    `together` means that Dekranasda collects the parts and sends one parcel;
    then only `one` counts. `insured` holds the makers whose parcel is insured.
    """

    codes: Mapping[int, str] = field(default_factory=dict)
    together: bool = False
    one: str = ""
    insured: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One workshop's share of the order; money in whole rupiah."""

    group: Group
    parcel: Parcel
    ready_on: datetime.date
    options: list[Option]
    chosen: Option | None
    delivery: SubOrder.Delivery
    goods: int
    shipping: int
    insurance: int
    tax: int
    is_insured: bool

    @property
    def artisan(self) -> Artisan:
        return self.group.artisan

    @property
    def lead_days(self) -> int:
        return _lead_days(self.group)

    @property
    def total(self) -> int:
        return self.goods + self.shipping + self.insurance + self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    """All parts; `options` and `chosen` are those of the one parcel, if it is one."""

    parts: list[Part]
    together: bool = False
    options: list[Option] = field(default_factory=list)
    chosen: Option | None = None

    @property
    def goods(self) -> int:
        return sum(part.goods for part in self.parts)

    @property
    def shipping(self) -> int:
        return sum(part.shipping for part in self.parts)

    @property
    def insurance(self) -> int:
        return sum(part.insurance for part in self.parts)

    @property
    def tax(self) -> int:
        return sum(part.tax for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def is_complete(self) -> bool:
        """Tell whether every parcel has a way to its buyer."""
        return bool(self.parts) and all(part.chosen for part in self.parts)

    @property
    def needs_address(self) -> bool:
        return any(part.chosen and not part.chosen.is_pickup for part in self.parts)

    def matches(self, wishes: "Wishes") -> bool:
        """Tell whether each parcel goes the way the buyer chose, not one put in its place."""
        if self.together != wishes.together:
            return False
        if self.together:
            return self.chosen is not None and self.chosen.code == wishes.one
        return all(
            part.chosen is not None and part.chosen.code == wishes.codes.get(part.artisan.pk)
            for part in self.parts
        )


def reckon(basket: Basket, place: Place | None, wishes: Wishes, policy: SalesPolicy) -> Totals:
    """Work out every part. Without a place only collecting in person can be offered."""
    carriers = delivery.carriers(place) if place else None
    abroad = place is not None and not place.is_home
    parts = [_part(group, carriers, wishes, policy, abroad=abroad) for group in basket.groups]
    if wishes.together and carriers and len(parts) > 1:
        return _together(parts, carriers, wishes, abroad=abroad)
    return Totals(parts)


def _part(
    group: Group, carriers: Carriers | None, wishes: Wishes, policy: SalesPolicy, *, abroad: bool
) -> Part:
    artisan, goods = group.artisan, sum(line.total for line in group.lines)
    parcel, ready_on = packing.together(_pieces(group)), _ready_on(group)
    insured = artisan.pk in wishes.insured
    options = carriers.options(parcel, ready_on, insured=insured) if carriers else []
    if abroad:
        stays = _not_abroad([group])
        options = [stays] if stays else options
    else:
        options = [*options, delivery.pickup(ready_on)]
    chosen = _choice(options, wishes.codes.get(artisan.pk, ""), has_place=carriers is not None)
    return Part(
        group=group,
        parcel=parcel,
        ready_on=ready_on,
        options=options,
        chosen=chosen,
        delivery=chosen.kind if chosen else SubOrder.Delivery.COURIER,
        goods=goods,
        shipping=chosen.price if chosen else 0,
        insurance=chosen.insurance if chosen else 0,
        tax=pricing.vat(artisan, goods, policy.vat_permille),
        is_insured=insured and chosen is not None and not chosen.is_pickup,
    )


def _choice(options: list[Option], code: str, *, has_place: bool) -> Option | None:
    """The option of that code if it can be had, else the cheapest courier, else none."""
    possible = [option for option in options if not option.refusal]
    named = [option for option in possible if option.code == code]
    if named:
        return named[0]
    couriers = [option for option in possible if not option.is_pickup]
    return min(couriers, key=lambda option: option.price, default=None) if has_place else None


def _pieces(group: Group) -> list[packing.Piece]:
    return [delivery.piece(line.product, line.quantity, line.unit_price) for line in group.lines]


def _ready_on(group: Group) -> datetime.date:
    """The day the whole parcel can leave the workshop; a closed one counts from its return."""
    days = [offer.ready_on(line.product, line.variant) for line in group.lines]
    return max(
        (day for day in days if day),
        default=timezone.localdate() + datetime.timedelta(days=_lead_days(group)),
    )


def _lead_days(group: Group) -> int:
    return max(line.product.lead_days for line in group.lines)


def _not_abroad(groups: Iterable[Group]) -> Option | None:
    """What stays in the country, as an option that cannot be chosen."""
    products = [line.product for group in groups for line in group.lines]
    refusal = delivery.not_abroad(products)
    return Option("abroad", _("Delivery abroad"), refusal=refusal) if refusal else None


def _together(parts: list[Part], carriers: Carriers, wishes: Wishes, *, abroad: bool) -> Totals:
    """One parcel for all: its fee is shared by weight, its insurance by value."""
    parcel = packing.together([piece for part in parts for piece in _pieces(part.group)])
    ready_on = delivery.at_gallery(max(part.ready_on for part in parts))
    options = carriers.options(parcel, ready_on, insured=bool(wishes.insured))
    stays = _not_abroad([part.group for part in parts]) if abroad else None
    options = [stays] if stays else options
    chosen = _choice(options, wishes.one, has_place=True)
    fees = packing.share(chosen.price if chosen else 0, [part.parcel.weight_g for part in parts])
    covers = packing.share(chosen.insurance if chosen else 0, [part.goods for part in parts])
    shared = [
        replace(
            part,
            options=options,
            chosen=chosen,
            delivery=SubOrder.Delivery.TOGETHER,
            shipping=fee,
            insurance=cover,
            is_insured=bool(wishes.insured),
        )
        for part, fee, cover in zip(parts, fees, covers, strict=True)
    ]
    return Totals(shared, together=True, options=options, chosen=chosen)
