"""What a payment gateway is to the shop, whichever company runs it. Money is whole rupiah."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    """How one attempt to pay stands, in words that no gateway owns."""

    PENDING = "pending"
    HELD = "held"  # the gateway suspects fraud and waits for a person
    PAID = "paid"
    FAILED = "failed"  # refused; if it was paid before, the money went back
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REVERSED = "reversed"  # the buyer's bank took the money back
    REFUNDED = "refunded"
    PARTLY_REFUNDED = "partly_refunded"


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    price: int  # below 0 for a discount
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Charge:
    """What one attempt asks for. Raises ValueError unless the items add up to the amount."""

    reference: str  # ours at the gateway, used once: KL-2611-00482-1
    amount: int
    items: tuple[Item, ...]
    name: str
    email: str  # or ""
    phone: str  # E.164, or ""
    language: str  # of the buyer, for a gateway that can speak it
    return_url: str  # where the buyer comes back; proves nothing
    notify_url: str
    minutes: int  # until it expires

    def __post_init__(self) -> None:
        total = sum(item.price * item.quantity for item in self.items)
        if self.amount <= 0 or total != self.amount:
            raise ValueError(f"{self.reference}: the items cost {total}, not {self.amount}.")


@dataclass(frozen=True, slots=True)
class Started:
    address: str  # where the buyer pays


@dataclass(frozen=True, slots=True)
class Notice:
    """All that a callback may be believed: which attempt to ask about."""

    reference: str
    transaction_id: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the gateway answered when it was asked: the only authority on an attempt."""

    reference: str
    state: State
    amount: int  # of the whole attempt, refunded or not
    transaction_id: str
    raw_status: str
    fraud_status: str = ""
    refund_key: str = ""  # of the latest refund
    refunded: int = 0  # by all refunds together
    at: datetime | None = None
    currency: str = "IDR"

    @property
    def dedupe_key(self) -> str:
        """Equal for two reports of one event, so that it is applied once.

        A suspicion that is lifted is an event of its own.
        """
        parts = [self.transaction_id, self.raw_status, self.refund_key]
        if self.raw_status == "capture" or self.fraud_status not in {"", "accept"}:
            parts.insert(2, self.fraud_status)
        return ":".join(parts)


class PaymentError(Exception):
    """Something went wrong between us and a gateway."""


class GatewayAway(PaymentError):
    """No answer that can be believed: unreachable, late, 5xx, too large or not ours. Ask again."""


class GatewayRefused(PaymentError):
    """The gateway understood and said no; the message is its reason."""


class NotStarted(GatewayRefused):
    """The gateway knows no transaction: the buyer has not chosen a way to pay yet."""


class CannotModify(GatewayRefused):
    """The attempt went on meanwhile. Ask for its status: it may be paid."""


class MalformedNotice(PaymentError):
    """A callback that is not what the gateway sends."""


class ForgedNotice(PaymentError):
    """A callback whose signature is not the gateway's."""


class Gateway(Protocol):
    """Every method but `read_notice` goes over the network: call it outside a transaction."""

    def start(self, charge: Charge) -> Started:
        """Open an attempt; raises GatewayAway or GatewayRefused (used reference)."""

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Check a callback; raises MalformedNotice or ForgedNotice and nothing else."""

    def fetch_status(self, reference: str) -> Report:
        """Ask how our attempt stands; raises NotStarted, GatewayAway or GatewayRefused."""

    def expire(self, reference: str) -> None:
        """End an unpaid attempt; raises NotStarted, CannotModify or GatewayAway."""

    def refund(self, reference: str, amount: int, key: str, reason: str) -> Report:
        """Give money back. The same key again gives nothing twice, so trying again is safe."""
