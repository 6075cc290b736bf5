"""The variants that a work's rows bring, and the pieces counted in them."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue import stock
from catalogue.importing.rows import Entry
from catalogue.importing.works import Work
from catalogue.models import Product, StockMovement, Variant

COLUMNS = {
    **{key: key for key in ("option1", "option1_en", "option2", "option2_en", "price", "supply")},
    "max_order": "variant_max_order",
}


def check(work: Work) -> None:
    """Report what hinders the rows, without writing."""
    _first_option_first(work)
    known = _known(work.product)
    named = {entry.values.get("sku", "").casefold() for entry in work.entries}
    taken = {
        (variant.option1, variant.option2): variant.sku
        for sku, variant in known.items()
        if sku not in named
    }
    for entry in work.entries:
        sku = entry.values.get("sku", "").casefold()
        entry.demand(["sku"] if sku in known else ["sku", "price"])
        _check_supply(entry, known.get(sku))
        _check_options(entry, work, known.get(sku), taken)


def save(work: Work, note: str) -> Counter[str]:
    """Write the rows' variants and count their pieces; return what was done how often."""
    assert work.product is not None  # noqa: S101  the product's row was saved before
    done: Counter[str] = Counter()
    known = _known(work.product)
    position = max((variant.position for variant in known.values()), default=-1)
    for entry in work.entries:
        variant = known.get(entry.values["sku"].casefold())
        is_new = variant is None
        if variant is None:
            position += 1
            variant = Variant(product=work.product, sku=entry.values["sku"], position=position)
        changed = _assign(variant, entry)
        _clean(variant, entry)
        if not work.is_sound:
            continue
        if is_new:
            variant.save()
        elif changed:
            variant.save(update_fields=changed)
        done["new"] += is_new
        done["changed"] += bool(changed) and not is_new
        done["counted"] += _count(entry, variant, note, is_new=is_new)
    return done


def _known(product: Product | None) -> dict[str, Variant]:
    if product is None or product._state.adding:  # noqa: SLF001  Django's documented name
        return {}
    return {variant.sku.casefold(): variant for variant in product.variants.all()}


def _first_option_first(work: Work) -> None:
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
    holder = taken.setdefault(options, sku)
    if holder.casefold() != sku.casefold():
        entry.refuse(
            "option1" if options[0] or not options[1] else "option2",
            _("The variant %s has the same options.") % holder,
            _("Give each variant its own options, or each product its own name."),
        )


def _assign(variant: Variant, entry: Entry) -> list[str]:
    changed = []
    for attribute, key in COLUMNS.items():
        if key in entry.values and getattr(variant, attribute) != entry.values[key]:
            setattr(variant, attribute, entry.values[key])
            changed.append(attribute)
    return changed


def _clean(variant: Variant, entry: Entry) -> None:
    try:
        variant.clean_fields(exclude={"product"})
    except ValidationError as refusal:
        for attribute, messages in refusal.message_dict.items():
            entry.refuse(COLUMNS.get(attribute, attribute), " ".join(messages))


def _count(entry: Entry, variant: Variant, note: str, *, is_new: bool) -> bool:
    """Receive the pieces of a new variant; take another number of a known one as a count."""
    pieces: Any = entry.values.get("stock")
    if pieces is None or pieces == variant.on_hand:
        return False
    try:
        if is_new:
            stock.move(variant.pk, pieces, StockMovement.Reason.RECEIVED, note=note)
            return True
        return _correct(entry, variant, pieces, note)
    except stock.StockRefused as refusal:
        entry.refuse("stock", str(refusal))
        return False


def _correct(entry: Entry, variant: Variant, pieces: int, note: str) -> bool:
    """Reckon the difference under the row's lock: a piece may be sold meanwhile."""
    present = Variant.objects.select_for_update().get(pk=variant.pk).on_hand
    if pieces == present:
        return False
    stock.move(variant.pk, pieces - present, StockMovement.Reason.CORRECTED, note=note)
    entry.note(
        "stock",
        _("The stock of %(sku)s goes from %(present)d to %(pieces)d as a new count.")
        % {"sku": variant.sku, "present": present, "pieces": pieces},
    )
    return True
