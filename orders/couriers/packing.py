"""Several works in one parcel, and one fee among several makers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from orders.couriers.base import Parcel


@dataclass(frozen=True, slots=True)
class Piece:
    """A work in a number of copies: size, weight and value (rupiah) are of one, packed."""

    quantity: int
    weight_g: int
    length_cm: int
    width_cm: int
    height_cm: int
    value: int
    category: int

    @property
    def sides(self) -> tuple[int, int, int]:
        """Longest first, as it lies flat."""
        longest, middle, shortest = sorted(
            (self.length_cm, self.width_cm, self.height_cm), reverse=True
        )
        return longest, middle, shortest


def together(pieces: Sequence[Piece]) -> Parcel:
    """One parcel that holds them all. Raises ValueError for no pieces.

    The base is as long as the longest and as wide as the widest piece lying
    flat. Copies of a work lie side by side on it in layers, and all layers are
    stacked. The pieces really fit such a box, so its volume is never below
    theirs; a clever packer may find a smaller one.
    """
    length = max(piece.sides[0] for piece in pieces)
    width = max(piece.sides[1] for piece in pieces)
    height = sum(_layers(piece, length, width) * piece.sides[2] for piece in pieces)
    longest, middle, shortest = sorted((length, width, height), reverse=True)
    return Parcel(
        weight_g=sum(piece.quantity * piece.weight_g for piece in pieces),
        length_cm=longest,
        width_cm=middle,
        height_cm=shortest,
        value=sum(piece.quantity * piece.value for piece in pieces),
        categories=frozenset(piece.category for piece in pieces),
    )


def share(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide whole rupiah in proportion to the weights, losing none (largest remainder).

    Of equal remainders the earlier share gets the rupiah. Weights that are all 0
    count as equal. Raises ValueError for no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("Shares need weights of 0 or more.")
    if not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    shares = [amount * weight // total for weight in weights]
    neediest = sorted(range(len(weights)), key=lambda at: -(amount * weights[at] % total))
    for at in neediest[: amount - sum(shares)]:
        shares[at] += 1
    return shares


def _layers(piece: Piece, length: int, width: int) -> int:
    longest, middle, _ = piece.sides
    return ceil(piece.quantity / ((length // longest) * (width // middle)))
