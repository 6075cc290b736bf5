"""The choice among a work's variants, as one or two rows of links."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.models import Product, Variant


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an option; `variant` is where it leads, None where no such thing is made."""

    label: str
    variant: Variant | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    choices: list[Choice]


def options(product: Product, variants: Sequence[Variant], chosen: Variant | None) -> list[Option]:
    """Return what can be chosen; nothing where there is but one variant.

    Another first option keeps the second one where that combination is made,
    else leads to what is: its first variant that can be bought.
    """
    if len(variants) == 1 or chosen is None:
        return []
    if not product.option2_name:
        rows = [Choice(variant.label, variant, variant == chosen) for variant in variants]
        return [Option(product.tr("option1_name"), rows)]
    return [_firsts(product, variants, chosen), _seconds(product, variants, chosen)]


def _firsts(product: Product, variants: Sequence[Variant], chosen: Variant) -> Option:
    rows: dict[str, list[Variant]] = {}
    for variant in variants:
        rows.setdefault(variant.option1, []).append(variant)
    return Option(
        product.tr("option1_name"),
        [
            Choice(row[0].tr("option1"), _nearest(row, chosen), value == chosen.option1)
            for value, row in rows.items()
        ],
    )


def _seconds(product: Product, variants: Sequence[Variant], chosen: Variant) -> Option:
    labels = {variant.option2: variant.tr("option2") for variant in variants}
    made = {variant.option2: variant for variant in variants if variant.option1 == chosen.option1}
    return Option(
        product.tr("option2_name"),
        [
            Choice(label, made.get(value), value == chosen.option2)
            for value, label in labels.items()
        ],
    )


def _nearest(row: Sequence[Variant], chosen: Variant) -> Variant:
    """The variant with the same second option, else the first that can be bought, else the first."""
    same = [variant for variant in row if variant.option2 == chosen.option2]
    buyable = [variant for variant in row if variant.is_buyable]
    return (same or buyable or row)[0]
