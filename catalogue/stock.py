"""Acts on stock: the counter and its ledger change together or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from catalogue.models import StockMovement, Variant

if TYPE_CHECKING:
    from accounts.models import User


RECEIVED_ONCE = "catalogue_stockmovement_one_of_a_kind_received_once"


TRADE = {StockMovement.Reason.SOLD, StockMovement.Reason.RETURNED}


class StockRefused(Exception):
    """The change would break a rule of stock; nothing was changed."""


class SoldOut(Exception):
    """Some variants cannot be promised in that number; nothing was promised.

    `left` says how many of each such variant (by key) can still be had.
    """

    def __init__(self, left: Mapping[int, int]) -> None:
        super().__init__(left)
        self.left = dict(left)


def check(variant: Variant, quantity: int, reason: StockMovement.Reason) -> None:
    """Raise StockRefused, in the reader's language, if `on_hand` may not change so.

    The answer holds only while the variant's row is locked.
    """
    if variant.supply == Variant.Supply.MADE_TO_ORDER:
        raise StockRefused(_("A work made to order holds no stock."))
    if variant.on_hand + quantity < variant.reserved:
        raise StockRefused(_("That would leave fewer pieces than are promised to buyers."))
    if variant.supply == Variant.Supply.ONE_OF_A_KIND:
        _check_unique(variant, quantity, reason)


def _check_unique(variant: Variant, quantity: int, reason: StockMovement.Reason) -> None:
    """One piece was ever made: a count may not add a second, nor a return what was not sold."""
    is_trade = reason in TRADE
    moved = (
        variant.movements.filter(reason__in=TRADE)
        if is_trade
        else variant.movements.exclude(reason__in=TRADE)
    )
    total = (moved.aggregate(n=Sum("quantity"))["n"] or 0) + quantity
    if variant.on_hand + quantity > 1 or total > (0 if is_trade else 1):
        raise StockRefused(_("A one-of-a-kind work has one piece."))


def check_first(variant: Variant) -> None:
    """Raise StockRefused if a variant that is not saved yet may not begin with its `on_hand`."""
    if variant.supply == Variant.Supply.MADE_TO_ORDER and variant.on_hand:
        raise StockRefused(_("A work made to order holds no stock."))
    if variant.supply == Variant.Supply.ONE_OF_A_KIND and variant.on_hand > 1:
        raise StockRefused(_("A one-of-a-kind work has one piece."))


@transaction.atomic
def create(variants: Sequence[Variant], *, note: str = "") -> None:
    """Insert new variants and record the pieces each begins with, all at once.

    Nobody knows these rows yet, so none is locked. Raises StockRefused.
    """
    for variant in variants:
        check_first(variant)
    Variant.objects.bulk_create(variants)
    StockMovement.objects.bulk_create(
        StockMovement(
            variant=variant,
            reason=StockMovement.Reason.RECEIVED,
            quantity=variant.on_hand,
            is_one_of_a_kind=variant.supply == Variant.Supply.ONE_OF_A_KIND,
            note=note,
        )
        for variant in variants
        if variant.on_hand
    )


@transaction.atomic
def recount(
    pieces: Mapping[int, int], *, note: str = ""
) -> tuple[list[StockMovement], dict[int, StockRefused]]:
    """Set many variants to the pieces that staff counted; keys are ids.

    Returns the movements, and the refusals of those that stay as they are. The
    differences are reckoned under the rows' locks: a piece may be sold meanwhile.
    """
    movements, refused = [], {}
    for variant in Variant.objects.select_for_update().filter(pk__in=pieces).order_by("pk"):
        quantity = pieces[variant.pk] - variant.on_hand
        try:
            check(variant, quantity, StockMovement.Reason.CORRECTED)
        except StockRefused as refusal:
            refused[variant.pk] = refusal
            continue
        if quantity:
            variant.on_hand += quantity
            movements.append(_correction(variant, quantity, note))
    StockMovement.objects.bulk_create(movements)
    Variant.objects.bulk_update([movement.variant for movement in movements], ["on_hand"])
    return movements, refused


def _correction(variant: Variant, quantity: int, note: str) -> StockMovement:
    return StockMovement(
        variant=variant,
        reason=StockMovement.Reason.CORRECTED,
        quantity=quantity,
        is_one_of_a_kind=variant.supply == Variant.Supply.ONE_OF_A_KIND,
        note=note,
    )


@transaction.atomic
def move(
    variant_id: int,
    quantity: int,
    reason: StockMovement.Reason,
    *,
    actor: "User | None" = None,
    note: str = "",
) -> StockMovement:
    """Change `on_hand` by `quantity` pieces (negative takes away) and record why.

    Raises StockRefused for a made-to-order variant, for a second piece of a
    one-of-a-kind, and when fewer would stay than are reserved.
    """
    variant = Variant.objects.select_for_update().get(pk=variant_id)
    check(variant, quantity, reason)
    try:
        with transaction.atomic():
            movement = StockMovement.objects.create(
                variant=variant,
                reason=reason,
                quantity=quantity,
                is_one_of_a_kind=variant.supply == Variant.Supply.ONE_OF_A_KIND,
                actor=actor,
                note=note,
            )
    except IntegrityError as error:
        if RECEIVED_ONCE not in str(error):
            raise
        raise StockRefused(_("A one-of-a-kind work is received once.")) from error
    Variant.objects.filter(pk=variant.pk).update(on_hand=F("on_hand") + quantity)
    return movement


Pieces = Mapping[int, int]  # variant key → number of pieces


def lock(variants: Iterable[int]) -> list[Variant]:
    """Lock variants in the order of their keys, so that two carts never deadlock."""
    return list(Variant.objects.select_for_update().filter(pk__in=variants).order_by("pk"))


@transaction.atomic
def reserve(pieces: Pieces) -> None:
    """Promise pieces of all these variants to an order, or of none.

    Nothing is held of what is made to order. Raises SoldOut.
    """
    variants = lock(pieces)
    left = {variant.pk: _can_be_had(variant) for variant in variants}
    short = {pk: left.get(pk, 0) for pk in pieces if left.get(pk, 0) < pieces[pk]}
    if short:
        raise SoldOut(short)
    for variant in variants:
        variant.reserved += pieces[variant.pk]
    _save([variant for variant in variants if _is_held(variant)], ["reserved"])


@transaction.atomic
def release(pieces: Pieces) -> None:
    """Give back what was promised; the caller's guard makes sure it happens once."""
    variants = [variant for variant in lock(pieces) if _is_held(variant)]
    for variant in variants:
        variant.reserved -= pieces[variant.pk]
    _save(variants, ["reserved"])


@transaction.atomic
def sell(pieces: Pieces, *, note: str) -> None:
    """Turn a promise into a sale: the pieces leave `reserved` and `on_hand` together."""
    variants = [variant for variant in lock(pieces) if _is_held(variant)]
    for variant in variants:
        variant.reserved -= pieces[variant.pk]
        variant.on_hand -= pieces[variant.pk]
    _save(variants, ["reserved", "on_hand"])
    _note(variants, pieces, StockMovement.Reason.SOLD, -1, note)


@transaction.atomic
def take_back(pieces: Pieces, *, note: str) -> None:
    """Put sold pieces back on the shelf: the order was cancelled after it was paid."""
    variants = [variant for variant in lock(pieces) if _is_held(variant)]
    for variant in variants:
        variant.on_hand += pieces[variant.pk]
    _save(variants, ["on_hand"])
    _note(variants, pieces, StockMovement.Reason.RETURNED, 1, note)


def _is_held(variant: Variant) -> bool:
    return variant.supply != Variant.Supply.MADE_TO_ORDER


def _can_be_had(variant: Variant) -> int:
    if not variant.is_active:
        return 0
    return variant.available if _is_held(variant) else variant.max_order or 0


def _save(variants: list[Variant], columns: list[str]) -> None:
    Variant.objects.bulk_update(variants, columns)


def _note(
    variants: list[Variant], pieces: Pieces, reason: StockMovement.Reason, sign: int, note: str
) -> None:
    StockMovement.objects.bulk_create(
        StockMovement(
            variant=variant,
            reason=reason,
            quantity=sign * pieces[variant.pk],
            is_one_of_a_kind=variant.supply == Variant.Supply.ONE_OF_A_KIND,
            note=note,
        )
        for variant in variants
    )
