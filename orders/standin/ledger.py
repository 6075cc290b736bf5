"""What the stand-in knows of each attempt to pay. Money is whole rupiah."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from orders.payments.midtrans import JAKARTA, signature

MERCHANT = "M000000"
# Which step follows which; whatever is missing is answered with 412.
NEXT = {
    "": {"pending", "capture", "deny", "failure"},
    "pending": {"settlement", "capture", "expire", "cancel", "deny", "failure"},
    "capture": {"capture", "settlement", "cancel", "deny"},
    "settlement": {"refund", "partial_refund", "chargeback", "partial_chargeback", "deny"},
    "partial_refund": {"refund", "partial_refund"},
    "deny": {"pending", "capture"},  # a Snap buyer tries again
}
CODES = {"pending": "201", "deny": "202", "failure": "202", "expire": "407"}


class Refused(Exception):
    """The answer is no, with Midtrans's number for it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class Attempt:
    reference: str
    amount: int
    expires_at: str  # ISO 8601
    finish: str
    notify: str
    items: list[dict[str, Any]]
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    transaction_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    stage: str = ""  # "" until the buyer picks a method
    method: str = ""
    fraud: str = ""
    started_at: str = ""
    settled_at: str = ""
    refunds: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        return datetime.now(JAKARTA) > datetime.fromisoformat(self.expires_at)

    @property
    def is_paid(self) -> bool:
        return self.stage in {"settlement", "capture"} and self.fraud != "challenge"

    @property
    def is_open(self) -> bool:
        return self.stage in {"", "pending", "deny"} and not self.is_late

    @property
    def refunded(self) -> int:
        return sum(int(each["refund_amount"].removesuffix(".00")) for each in self.refunds)

    def body(self) -> dict[str, Any]:
        """What status and notification say, all in text."""
        fields: dict[str, Any] = {
            "status_code": CODES.get(self.stage, "200"),
            "status_message": "Success, transaction is found",
            "transaction_id": self.transaction_id,
            "order_id": self.reference,
            "merchant_id": MERCHANT,
            "gross_amount": f"{self.amount}.00",
            "currency": "IDR",
            "payment_type": self.method,
            "transaction_time": self.started_at,
            "transaction_status": self.stage,
            "fraud_status": self.fraud or "accept",
        }
        if self.settled_at:
            fields["settlement_time"] = self.settled_at
        if self.refunds:
            fields["refund_amount"] = f"{self.refunded}.00"
            fields["refunds"] = list(self.refunds)
        return fields


class Ledger:
    """Every attempt, by reference; kept in a file where one is given, so a restart forgets none."""

    def __init__(self, path: Path | None = None) -> None:
        self.lock = RLock()
        self._path = path
        self._attempts: dict[str, Attempt] = {}
        # What another edition of the stand-in wrote is of no worth to this one.
        with suppress(OSError, ValueError, TypeError, KeyError):
            rows = json.loads(path.read_text(encoding="utf-8")) if path else []
            self._attempts = {row["reference"]: Attempt(**row) for row in rows}

    def open(self, attempt: Attempt) -> None:
        with self.lock:
            if attempt.reference in self._attempts:
                raise Refused(406, "transaction_details.order_id has already been taken")
            self._attempts[attempt.reference] = attempt
            self._keep()

    def get(self, reference: str) -> Attempt:
        """By our reference or by the transaction's id; raises Refused with 404."""
        for attempt in list(self._attempts.values()):
            if reference in {attempt.reference, attempt.transaction_id}:
                return attempt
        raise Refused(404, "Transaction doesn't exist.")

    def by_token(self, token: str) -> Attempt:
        for attempt in list(self._attempts.values()):
            if attempt.token == token:
                return attempt
        raise Refused(404, "Transaction doesn't exist.")

    def move(self, attempt: Attempt, stage: str, *, method: str = "", fraud: str = "") -> None:
        """Take one step; raises Refused with 412 when Midtrans would not take it."""
        with self.lock:
            if stage not in NEXT.get(attempt.stage, set()):
                raise Refused(412, "Transaction status cannot be updated.")
            now = datetime.now(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")
            attempt.started_at = attempt.started_at or now
            attempt.method = method or attempt.method or "qris"
            attempt.fraud = fraud
            attempt.stage = stage
            if stage == "settlement":
                attempt.settled_at = now
            self._keep()

    def refund(self, attempt: Attempt, amount: int, key: str, reason: str) -> bool:
        """Give back once for each key; tell whether it was new."""
        with self.lock:
            if any(each["refund_key"] == key for each in attempt.refunds):
                return False
            left = attempt.amount - attempt.refunded
            if not 0 < amount <= left:
                raise Refused(412, "Merchant cannot modify the status of the transaction")
            self.move(attempt, "refund" if amount == left else "partial_refund")
            attempt.refunds.append(
                {"refund_amount": f"{amount}.00", "refund_key": key, "reason": reason}
            )
            self._keep()
            return True

    def _keep(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".draft")
        rows = [asdict(attempt) for attempt in self._attempts.values()]
        draft.write_text(json.dumps(rows), encoding="utf-8")
        draft.replace(self._path)


def signed(attempt: Attempt, key: str) -> dict[str, Any]:
    """The body of a notification."""
    body = attempt.body()
    return {**body, "signature_key": signature(body, key)}


def expiry(minutes: int) -> str:
    return (datetime.now(JAKARTA) + timedelta(minutes=minutes)).isoformat()
