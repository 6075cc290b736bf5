"""What a courier carries, by which rules, at what price. No models in here."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Parcel:
    """One packed box. `value` is whole rupiah, `categories` the ids of what lies in it."""

    weight_g: int
    length_cm: int
    width_cm: int
    height_cm: int
    value: int
    categories: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Rules:
    """How one service weighs, what it refuses and what its insurance costs.

    `divisor` is cm³ per kg (0: size does not count). With `rounds_up` a started
    kilo counts once it is over `tolerance_kg`. `max_kg` is of the scales and
    `max_side_cm` of the longest side; None is no limit. Insurance is
    `insurance_permille` of the value, at least `insurance_min` rupiah.
    """

    min_kg: Decimal
    tolerance_kg: Decimal
    divisor: int
    max_kg: Decimal | None
    max_side_cm: int | None
    rounds_up: bool
    insurance_permille: Decimal
    insurance_min: int
    excluded: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tariff:
    """Rupiah for the first `first_kg` together and for each further kilo; days on the road."""

    first_kg: Decimal
    first_price: int
    next_price: int
    days_min: int
    days_max: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a service asks for a parcel: whole rupiah, insurance beside the price."""

    price: int
    insurance: int
    chargeable_kg: Decimal
    days_min: int
    days_max: int


class Refusal(TextChoices):
    """Why a service does not take a parcel; the label is a sentence for the buyer."""

    NOT_SERVED = "not_served", _("This courier does not deliver there.")
    EXCLUDED = "excluded", _("This courier does not accept some of these goods.")
    TOO_HEAVY = "too_heavy", _("The parcel is too heavy for this courier.")
    TOO_LONG = "too_long", _("The parcel is too long for this courier.")


class NotCarried(Exception):
    """The service refuses the parcel; `refusal` says why, in a sentence for the buyer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
