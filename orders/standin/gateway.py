"""The stand-in itself: the buyer, the bank and the fraud desk in one, moved by name."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orders.payments.drivers import STANDIN_KEY
from orders.standin.ledger import Attempt, Ledger, Refused, signed
from orders.standin.post import Post


@dataclass(slots=True)
class Weather:
    """How the interface answers us. `fields` replaces parts of each answer about an attempt."""

    delay: float = 0.0  # seconds before each answer
    fail: str = ""  # "error", "busy", "garbage", "packed", "redirect", "large", "slow"
    is_away: bool = False  # hang up on every caller
    is_pedantic: bool = False  # refuse a refund's key the second time
    fields: dict[str, Any] = field(default_factory=dict)


class StandIn:
    """Each act takes the reference of an attempt, and tells the shop as Midtrans would."""

    def __init__(self, key: str = STANDIN_KEY, path: Path | None = None) -> None:
        self.key = key
        self.address = ""  # its own, without a slash at the end; known when it is served
        self.ledger = Ledger(path)
        self.post = Post()
        self.weather = Weather()

    def pend(self, reference: str, method: str = "qris") -> None:
        """The buyer picked a method and has not paid."""
        self._move(reference, "pending", method=method)

    def pay(self, reference: str, method: str = "qris") -> None:
        """The buyer picks a method if need be, and pays."""
        if self.ledger.get(reference).stage in {"", "deny"}:
            self.pend(reference, method)
        self.settle(reference)

    def settle(self, reference: str) -> None:
        self._move(reference, "settlement")

    def capture(self, reference: str) -> None:
        """A card was charged, and nothing is suspicious (or not any more)."""
        self._move(reference, "capture", method="credit_card", fraud="accept")

    def challenge(self, reference: str) -> None:
        """A card was charged, and a person must look first."""
        self._move(reference, "capture", method="credit_card", fraud="challenge")

    def deny(self, reference: str) -> None:
        self._move(reference, "deny", fraud="deny")

    def expire(self, reference: str) -> None:
        self._move(reference, "expire")

    def cancel(self, reference: str) -> None:
        self._move(reference, "cancel")

    def chargeback(self, reference: str) -> None:
        self._move(reference, "chargeback")

    def refund(self, reference: str, amount: int, key: str, reason: str = "") -> None:
        """As at Midtrans's own desk, or by the interface."""
        attempt = self.ledger.get(reference)
        if self.ledger.refund(attempt, amount, key, reason):
            self.tell(attempt)
        elif self.weather.is_pedantic:
            raise Refused(406, "Refund key has already been used")

    def notice(self, reference: str) -> bytes:
        """The signed notification about how the attempt stands now."""
        return json.dumps(signed(self.ledger.get(reference), self.key)).encode()

    def tell(self, attempt: Attempt) -> None:
        self.post.send(attempt.notify, signed(attempt, self.key))

    def expire_if_late(self, attempt: Attempt) -> None:
        """Only a picked method expires with a word; a Snap page just closes."""
        with self.ledger.lock:
            if attempt.stage == "pending" and attempt.is_late:
                self.expire(attempt.reference)

    def _move(self, reference: str, stage: str, *, method: str = "", fraud: str = "") -> None:
        attempt = self.ledger.get(reference)
        self.ledger.move(attempt, stage, method=method, fraud=fraud)
        self.tell(attempt)
