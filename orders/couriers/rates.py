"""What sending a parcel costs.

Everything is exact: decimals for kilos, whole rupiah for money. Where a rupiah
would break, the next whole one is charged, because carriers do.
"""

from decimal import ROUND_CEILING, Decimal

from orders.couriers.base import NotCarried, Offer, Parcel, Refusal, Rules, Tariff

GRAM = Decimal("0.001")  # kg
NOTHING = Decimal(0)


def actual_kg(parcel: Parcel) -> Decimal:
    return Decimal(parcel.weight_g) * GRAM


def volumetric_kg(parcel: Parcel, rules: Rules) -> Decimal:
    """The kilos that the parcel's size counts for, rounded up to the gram."""
    if not rules.divisor:
        return NOTHING
    volume = parcel.length_cm * parcel.width_cm * parcel.height_cm
    return (Decimal(volume) / rules.divisor).quantize(GRAM, ROUND_CEILING)


def chargeable_kg(parcel: Parcel, rules: Rules) -> Decimal:
    """The larger of weight and size, rounded as the service does, at least its minimum.

    JNE: 1.3 kg counts as 1 kg and 1.31 kg as 2 kg. J&T Cargo does not round.
    """
    kilos = max(actual_kg(parcel), volumetric_kg(parcel, rules))
    if rules.rounds_up:
        whole = Decimal(int(kilos))
        kilos = whole + 1 if kilos - whole > rules.tolerance_kg else whole
    return max(kilos, rules.min_kg)


def refusal(parcel: Parcel, rules: Rules, tariff: Tariff | None) -> Refusal | None:
    """Why the service does not take the parcel; None when it does. No tariff: not served."""
    longest = max(parcel.length_cm, parcel.width_cm, parcel.height_cm)
    if tariff is None:
        return Refusal.NOT_SERVED
    if parcel.categories & rules.excluded:
        return Refusal.EXCLUDED
    if rules.max_kg is not None and actual_kg(parcel) > rules.max_kg:
        return Refusal.TOO_HEAVY
    if rules.max_side_cm is not None and longest > rules.max_side_cm:
        return Refusal.TOO_LONG
    return None


def offer(parcel: Parcel, rules: Rules, tariff: Tariff | None, insured: bool) -> Offer:
    """What the service asks; raises NotCarried when it refuses the parcel."""
    reason = refusal(parcel, rules, tariff)
    if reason is not None or tariff is None:
        raise NotCarried(reason or Refusal.NOT_SERVED)
    kilos = chargeable_kg(parcel, rules)
    further = max(kilos - tariff.first_kg, NOTHING)
    return Offer(
        price=tariff.first_price + _whole(tariff.next_price * further),
        insurance=insurance(parcel.value, rules) if insured else 0,
        chargeable_kg=kilos,
        days_min=tariff.days_min,
        days_max=tariff.days_max,
    )


def insurance(value: int, rules: Rules) -> int:
    return max(_whole(value * rules.insurance_permille / 1000), rules.insurance_min)


def _whole(rupiah: Decimal) -> int:
    return int(rupiah.to_integral_value(ROUND_CEILING))
