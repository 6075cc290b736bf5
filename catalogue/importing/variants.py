"""The variants that a work's rows bring, and the pieces counted in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue import stock
from catalogue.importing.rows import Entry
from catalogue.importing.works import Work
from catalogue.models import Product, Variant

COLUMNS = {
    **{key: key for key in ("option1", "option1_en", "option2", "option2_en", "price", "supply")},
    "max_order": "variant_max_order",
}


@dataclass(slots=True)
class Offer:
    """A variant as its row wants it, not saved; `changed` names the fields of a known one."""

    entry: Entry
    variant: Variant
    changed: list[str]
    is_new: bool

    @property
    def is_counted(self) -> bool:
        """Tell whether the row brings another number of pieces of a known variant."""
        pieces = self.entry.values.get("stock", self.variant.on_hand)
        return not self.is_new and bool(pieces != self.variant.on_hand)

    @property
    def is_settled(self) -> bool:
        return not (self.is_new or self.changed or self.is_counted)


def prepare(work: Work, product: Product) -> list[Offer]:
    """Return an offer for each row, and report everything that hinders it."""
    known = _known(work.product)
    named = {entry.values.get("sku", "").casefold() for entry in work.entries}
    taken = {
        (variant.option1, variant.option2): variant.sku
        for sku, variant in known.items()
        if sku not in named
    }
    position = max((variant.position for variant in known.values()), default=-1)
    offers = []
    for entry in work.entries:
        variant = known.get(entry.values.get("sku", "").casefold())
        entry.demand(["sku"] if variant else ["sku", "price"])
        _check_supply(entry, variant)
        _check_options(entry, work, variant, taken)
        is_new = variant is None
        if variant is None:
            position += 1
            variant = Variant(product=product, position=position)
        offers.append(Offer(entry, variant, _assign(variant, entry), is_new))
        _clean(offers[-1])
    return offers


def count(offers: Sequence[Offer], note: str) -> int:
    """Take other numbers of pieces of known variants as new counts; return how many changed.

    A count that stock refuses is reported at its row, and so is each change.
    """
    counted = {offer.variant.pk: offer for offer in offers if offer.is_counted}
    pieces = {pk: offer.entry.values["stock"] for pk, offer in counted.items()}
    movements, refused = stock.recount(pieces, note=note) if pieces else ([], {})
    for pk, refusal in refused.items():
        counted[pk].entry.refuse("stock", str(refusal))
    for movement in movements:
        variant = movement.variant
        present = variant.on_hand - movement.quantity
        counted[variant.pk].entry.note(
            "stock",
            _("The stock of %(sku)s goes from %(present)d to %(pieces)d as a new count.")
            % {"sku": variant.sku, "present": present, "pieces": variant.on_hand},
        )
    return len(movements)


def _known(product: Product | None) -> dict[str, Variant]:
    if product is None or product._state.adding:  # noqa: SLF001  Django's documented name
        return {}
    return {variant.sku.casefold(): variant for variant in product.variants.all()}


def first_option_first(work: Work) -> None:
    """A work that only differs in the second option has that one as its first."""
    if any("option1" in entry.values for entry in work.entries):
        return
    for entry in work.entries:
        for ending in ("", "_en"):
            if f"option2{ending}" in entry.values:
                entry.values[f"option1{ending}"] = entry.values.pop(f"option2{ending}")
    for ending in ("_name", "_name_en"):
        if f"option2{ending}" in work.values and f"option1{ending}" not in work.values:
            work.values[f"option1{ending}"] = work.values.pop(f"option2{ending}")


def _check_supply(entry: Entry, variant: Variant | None) -> None:
    supply = entry.values.get("supply", variant.supply if variant else Variant.Supply.STOCK)
    most = entry.values.get("variant_max_order", variant.max_order if variant else None)
    if (
        supply == Variant.Supply.MADE_TO_ORDER
        and not most
        and "variant_max_order" not in entry.broken
    ):
        entry.refuse(
            "variant_max_order",
            _("Made to order needs a most per order."),
            _("Write how many of it one order may hold."),
        )
    if variant is not None and supply != variant.supply and variant.movements.exists():
        entry.refuse("supply", _("This variant has a stock history. Add a new variant instead."))


def _check_options(
    entry: Entry, work: Work, variant: Variant | None, taken: dict[tuple[str, str], str]
) -> None:
    options = tuple(
        entry.values.get(key, getattr(variant, key, "")) for key in ("option1", "option2")
    )
    sku = entry.values.get("sku", "")
    for key, value in zip(("option1", "option2"), options, strict=True):
        name = f"{key}_name"
        if value and not (work.values.get(name) or getattr(work.product, name, "")):
            entry.refuse(
                name, _("“%s” is a choice of what?") % value, _("Name the option, like Colour.")
            )
    holder = taken.setdefault(options, sku) if sku else sku
    if holder.casefold() != sku.casefold():
        entry.refuse(
            "option1" if options[0] or not options[1] else "option2",
            _("The variant %s has the same options.") % holder,
            _("Give each variant its own options, or each product its own name."),
        )


def _assign(variant: Variant, entry: Entry) -> list[str]:
    """Set what the row says. The pieces of a known variant are not set but counted."""
    changed = []
    if variant._state.adding:  # noqa: SLF001  Django's documented name
        variant.sku, variant.on_hand = entry.values.get("sku", ""), entry.values.get("stock", 0)
    for attribute, key in COLUMNS.items():
        if key in entry.values and getattr(variant, attribute) != entry.values[key]:
            setattr(variant, attribute, entry.values[key])
            changed.append(attribute)
    return changed


def _clean(offer: Offer) -> None:
    variant, entry = offer.variant, offer.entry
    try:
        variant.clean_fields(exclude={"product", *entry.broken})
        if offer.is_new:
            stock.check_first(variant)
    except ValidationError as refusal:
        for attribute, messages in refusal.message_dict.items():
            entry.refuse(COLUMNS.get(attribute, attribute), " ".join(messages))
    except stock.StockRefused as refusal:
        entry.refuse("stock", str(refusal))
