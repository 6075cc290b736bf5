"""Ways to get a parcel from the workshops to its buyer, and what each costs."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.countries import HOME
from catalogue.models import Product
from orders.couriers import packing, rates, zones
from orders.couriers.base import Offer, Parcel, Refusal, Rules, Tariff
from orders.models import CourierService, Rate, SubOrder, Zone

PICKUP = "pickup"
COLLECTING_DAYS = 2  # from a workshop to the gallery of Dekranasda


@dataclass(frozen=True, slots=True)
class Place:
    """Where a parcel goes: a country (ISO 3166-1) and, at home, a region's Kemendagri code."""

    country: str
    region: str = ""

    @property
    def is_home(self) -> bool:
        return self.country == HOME

    @property
    def codes(self) -> list[str]:
        """The codes a zone may name it by, the most specific first."""
        return zones.places(self.country, self.region)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to receive one parcel; `refusal` says why it cannot be chosen."""

    code: str
    label: str
    service: CourierService | None = None
    offer: Offer | None = None
    refusal: str = ""
    arrives_from: datetime.date | None = None
    arrives_to: datetime.date | None = None

    @property
    def price(self) -> int:
        return self.offer.price if self.offer else 0

    @property
    def insurance(self) -> int:
        return self.offer.insurance if self.offer else 0

    @property
    def is_pickup(self) -> bool:
        return self.code == PICKUP

    @property
    def kind(self) -> SubOrder.Delivery:
        return SubOrder.Delivery.PICKUP if self.is_pickup else SubOrder.Delivery.COURIER


@dataclass(frozen=True, slots=True)
class Carriers:
    """The services that go to one place, with their tariffs; loaded once for all parcels."""

    services: list[CourierService]
    tariffs: Mapping[int, Tariff]
    excluded: Mapping[int, frozenset[int]]

    def options(self, parcel: Parcel, ready_on: datetime.date, *, insured: bool) -> list[Option]:
        return [self._option(service, parcel, ready_on, insured) for service in self.services]

    def _option(
        self, service: CourierService, parcel: Parcel, ready_on: datetime.date, insured: bool
    ) -> Option:
        tariff = self.tariffs.get(service.pk)
        rules = _rules(service, self.excluded.get(service.pk, frozenset()))
        refusal = rates.refusal(parcel, rules, tariff)
        if tariff is None or refusal is not None:
            reason = str((refusal or Refusal.NOT_SERVED).label)
            return Option(service.code, service.label, service, refusal=reason)
        offer = rates.offer(parcel, rules, tariff, insured=insured)
        return Option(
            service.code,
            service.label,
            service,
            offer,
            arrives_from=ready_on + datetime.timedelta(days=offer.days_min),
            arrives_to=ready_on + datetime.timedelta(days=offer.days_max),
        )


def piece(product: Product, quantity: int, price: int) -> packing.Piece:
    """So many of a work as couriers measure them, at rupiah for one."""
    return packing.Piece(
        quantity=quantity,
        weight_g=product.packed_weight_g,
        length_cm=product.packed_length_cm,
        width_cm=product.packed_width_cm,
        height_cm=product.packed_height_cm,
        value=price,
        category=product.category_id,
    )


def not_abroad(products: Iterable[Product]) -> str:
    """Why a parcel with these works may not leave the country, translated; empty if it may."""
    kept = [product.tr("name") for product in products if not product.is_exportable]
    return _("%(name)s is not sent abroad.") % {"name": ", ".join(kept)} if kept else ""


def pickup(ready_on: datetime.date) -> Option:
    """Collecting in person at the gallery costs nothing."""
    return Option(PICKUP, _("Collect in person"), arrives_from=at_gallery(ready_on))


def at_gallery(ready_on: datetime.date) -> datetime.date:
    """The day a parcel that left its workshop can be sent on or collected."""
    return ready_on + datetime.timedelta(days=COLLECTING_DAYS)


def carriers(place: Place) -> Carriers:
    """Load what goes there, in three questions."""
    kind = CourierService.Kind.DOMESTIC if place.is_home else CourierService.Kind.FOREIGN
    services = list(CourierService.objects.offered().filter(kind=kind).prefetch_related("excluded"))
    zone = zone_of(place)
    found = Rate.objects.filter(zone=zone, service__in=services) if zone else Rate.objects.none()
    return Carriers(
        services,
        {rate.service_id: _tariff(rate) for rate in found},
        {service.pk: frozenset(row.pk for row in service.excluded.all()) for service in services},
    )


def zone_of(place: Place) -> Zone | None:
    """The zone whose code for this place is the most specific, if any."""
    codes = place.codes
    found = Zone.objects.filter(areas__overlap=codes)
    ranked = sorted(found, key=lambda zone: (_rank(codes, zone.areas), zone.pk))
    return next(iter(ranked), None)


def _rank(codes: list[str], areas: Iterable[str]) -> int:
    return min(codes.index(area) for area in areas if area in codes)


def _tariff(rate: Rate) -> Tariff:
    return Tariff(
        first_kg=rate.first_kg,
        first_price=rate.first_price,
        next_price=rate.next_price,
        days_min=rate.days_min,
        days_max=rate.days_max,
    )


def _rules(service: CourierService, excluded: frozenset[int]) -> Rules:
    return Rules(
        min_kg=service.min_kg,
        tolerance_kg=service.tolerance_kg,
        divisor=service.divisor,
        max_kg=service.max_kg,
        max_side_cm=service.max_side_cm,
        rounds_up=service.rounds_up,
        insurance_permille=service.insurance_permille,
        insurance_min=service.insurance_min,
        excluded=excluded,
    )
