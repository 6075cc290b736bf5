"""Midtrans Snap by its HTTP interface. Sources and reasons: docs/decisions/020.

Amounts travel as text ("150000.00") and are read from that text exactly; times
are GMT+7 without saying so.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from orders.payments import exchange
from orders.payments.base import (
    CannotModify,
    Charge,
    ForgedNotice,
    GatewayAway,
    GatewayRefused,
    MalformedNotice,
    Notice,
    NotStarted,
    Report,
    Started,
    State,
)
from orders.payments.strict_json import read_object

JAKARTA = ZoneInfo("Asia/Jakarta")
START_SECONDS = 2.5  # the buyer waits, and a page must be there within 3
ASK_SECONDS = 4.5  # a notice must be answered within 5
MOST_NOTICE_BYTES = 32 * 1024
LONGEST_NAME = 50
LONGEST_EMAIL = 254
LEAST_PAGE_MINUTES, MOST_PAGE_MINUTES = 5, 7 * 24 * 60  # that a Snap page can live
NOTICE_EXPIRED = 407  # a success that says: it is expired now
USED = HTTPStatus.NOT_ACCEPTABLE  # the key of this refund was used before

# An id of dots only would climb in the address.
REFERENCE: Final = re.compile(r"(?!\.+\Z)[A-Za-z0-9_~.-]{1,50}")
AMOUNT: Final = re.compile(r"[0-9]{1,13}\.00")
NOTICE_FIELDS: Final = {
    "order_id": REFERENCE,
    "transaction_id": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "transaction_status": re.compile(r"[a-z_]{1,40}"),
    "status_code": re.compile(r"[0-9]{3}"),
    "gross_amount": AMOUNT,
    "signature_key": re.compile(r"[0-9a-f]{128}"),
}
OPTIONAL_NOTICE_FIELDS: Final = {"fraud_status": re.compile(r"[a-z]{1,20}")}

# What `transaction_status` says, and what `fraud_status` makes of money that came.
STATES: Final = {
    "pending": State.PENDING,
    "authorize": State.PENDING,
    "capture": State.PAID,
    "settlement": State.PAID,
    "deny": State.FAILED,
    "failure": State.FAILED,
    "cancel": State.CANCELLED,
    "expire": State.EXPIRED,
    "chargeback": State.REVERSED,
    "partial_chargeback": State.REVERSED,
    "refund": State.REFUNDED,
    "partial_refund": State.PARTLY_REFUNDED,
}
SUSPICIONS: Final = {"challenge": State.HELD, "deny": State.FAILED}
UNSUSPICIOUS: Final = {"", "accept"}


class Midtrans:
    """A Gateway; see `base.Gateway` for what each method promises."""

    def __init__(self, key: str, *, api_url: str, snap_url: str, merchant_id: str = "") -> None:
        self._key = key
        self._api_url = api_url
        self._snap_url = snap_url
        self._merchant_id = merchant_id

    def start(self, charge: Charge) -> Started:
        question = exchange.Question(
            "POST",
            f"{self._snap_url}/snap/v1/transactions",
            self._key,
            START_SECONDS,
            _snap_fields(charge),
            {"X-Override-Notification": charge.notify_url},
        )
        address = self._ask(question).get("redirect_url")
        if not isinstance(address, str) or not address.startswith(f"{self._snap_url}/"):
            raise GatewayAway("The answer names no address of Midtrans to pay at.")
        return Started(address)

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Midtrans signs id, code and amount only: neither status nor time, so ask for those."""
        fields = _notice_fields(body)
        if not hmac.compare_digest(fields["signature_key"], signature(fields, self._key)):
            raise ForgedNotice("The signature is not that of Midtrans.")
        return Notice(fields["order_id"], fields["transaction_id"])

    def fetch_status(self, reference: str) -> Report:
        fields = self._call("GET", reference, "status")
        if fields.get("order_id") != reference:
            raise GatewayAway("The answer is about another order.")
        if fields.get("currency", "IDR") != "IDR":
            raise GatewayAway("The answer is not in rupiah.")
        if self._merchant_id and fields.get("merchant_id", self._merchant_id) != self._merchant_id:
            raise GatewayAway("The answer is about another merchant.")
        return _report(fields)

    def expire(self, reference: str) -> None:
        self._call("POST", reference, "expire")

    def refund(self, reference: str, amount: int, key: str, reason: str) -> Report:
        """Refunds exist for QRIS, wallets and cards; a virtual account's is refused."""
        if amount <= 0:
            raise ValueError("A refund is of one rupiah or more.")
        wanted = {"refund_key": key, "amount": amount, "reason": reason}
        with suppress(AlreadyUsed):  # an earlier try came through; the status shows it
            self._call("POST", reference, "refund", wanted)
        return self.fetch_status(reference)

    def _call(
        self, method: str, reference: str, act: str, fields: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        if not REFERENCE.fullmatch(reference):
            raise ValueError(f"{reference!r} is no order id of Midtrans.")
        address = f"{self._api_url}/v2/{quote(reference)}/{act}"
        return self._ask(exchange.Question(method, address, self._key, ASK_SECONDS, fields))

    def _ask(self, question: exchange.Question) -> dict[str, Any]:
        """Midtrans says how it went by the HTTP status, in the body, or both."""
        answer = exchange.ask(question)
        code = answer.status
        inner = str(answer.fields.get("status_code", ""))
        if code < HTTPStatus.BAD_REQUEST and NOTICE_FIELDS["status_code"].fullmatch(inner):
            code = int(inner)
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise GatewayAway(f"Midtrans answered {code}.")
        if code >= HTTPStatus.BAD_REQUEST and code != NOTICE_EXPIRED:
            raise REFUSALS.get(code, GatewayRefused)(_reason(answer.fields, code))
        return answer.fields


class AlreadyUsed(GatewayRefused):
    """This id or key was used before."""


REFUSALS: Final[dict[int, type[GatewayRefused]]] = {
    HTTPStatus.NOT_FOUND: NotStarted,
    HTTPStatus.PRECONDITION_FAILED: CannotModify,
    USED: AlreadyUsed,
}


def signature(fields: Mapping[str, str], key: str) -> str:
    """Over the texts as they were sent: "100000.00" and 100000 sign differently."""
    signed = fields["order_id"] + fields["status_code"] + fields["gross_amount"] + key
    return hashlib.sha512(signed.encode()).hexdigest()


def _snap_fields(charge: Charge) -> dict[str, Any]:
    if not REFERENCE.fullmatch(charge.reference):
        raise ValueError(f"{charge.reference!r} is no order id of Midtrans.")
    # Without a start the time would run from the choice of a method, not from now.
    start = datetime.now(JAKARTA).strftime("%Y-%m-%d %H:%M:%S %z")
    page_minutes = min(max(charge.minutes, LEAST_PAGE_MINUTES), MOST_PAGE_MINUTES)
    buyer = {
        "first_name": charge.name[:LONGEST_NAME],
        "email": charge.email[:LONGEST_EMAIL],
        "phone": charge.phone,
    }
    return {
        "transaction_details": {"order_id": charge.reference, "gross_amount": charge.amount},
        "item_details": [
            {"name": item.name[:LONGEST_NAME], "price": item.price, "quantity": item.quantity}
            for item in charge.items
        ],
        "customer_details": {name: value for name, value in buyer.items() if value},
        "expiry": {"start_time": start, "unit": "minutes", "duration": charge.minutes},
        "page_expiry": {"unit": "minutes", "duration": page_minutes},
        "callbacks": {"finish": charge.return_url},
    }


def _notice_fields(body: bytes) -> dict[str, str]:
    if len(body) > MOST_NOTICE_BYTES:
        raise MalformedNotice("The notice is too large.")
    try:
        fields = read_object(body)
    except ValueError as error:
        raise MalformedNotice(f"The notice is no JSON object: {error}") from error
    for name, pattern in (NOTICE_FIELDS | OPTIONAL_NOTICE_FIELDS).items():
        value = fields.get(name)
        if value is None and name in OPTIONAL_NOTICE_FIELDS:
            continue
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise MalformedNotice(f"The field {name} is missing or malformed.")
    return fields


def _report(fields: Mapping[str, Any]) -> Report:
    """Raises GatewayAway for a status, an amount or a time that cannot be read."""
    status, fraud = _text(fields, "transaction_status"), _text(fields, "fraud_status")
    state = STATES.get(status)
    if state == State.PAID and fraud not in UNSUSPICIOUS:
        state = SUSPICIONS.get(fraud)
    if state is None:
        raise GatewayAway(f"Midtrans knows a status that we do not: {status} {fraud}.")
    amount = _rupiah(fields.get("gross_amount"))
    refund_key, refunded = _refunds(fields)
    return Report(
        reference=_text(fields, "order_id"),
        state=state,
        amount=amount,
        transaction_id=_text(fields, "transaction_id"),
        raw_status=status,
        fraud_status=fraud,
        refund_key=refund_key,
        refunded=amount if state == State.REFUNDED else refunded,
        at=_time(_text(fields, "settlement_time") or _text(fields, "transaction_time")),
    )


def _refunds(fields: Mapping[str, Any]) -> tuple[str, int]:
    """The latest refund's key and what all of them gave back."""
    refunds = fields.get("refunds") or []
    if not isinstance(refunds, list) or not all(isinstance(each, dict) for each in refunds):
        raise GatewayAway("The refunds cannot be read.")
    if refunds:
        return _text(refunds[-1], "refund_key"), sum(
            _rupiah(r.get("refund_amount")) for r in refunds
        )
    sole = fields.get("refund_amount")
    return _text(fields, "refund_key"), 0 if sole is None else _rupiah(sole)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise GatewayAway(f"The field {name} is no text.")
    return value or ""


def _rupiah(value: object) -> int:
    if not isinstance(value, str) or not AMOUNT.fullmatch(value):
        raise GatewayAway("An amount cannot be read.")
    return int(value.removesuffix(".00"))


def _time(value: str) -> datetime | None:
    if not value:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAKARTA)
    except ValueError as error:
        raise GatewayAway("A time cannot be read.") from error


def _reason(fields: Mapping[str, Any], code: int) -> str:
    messages = fields.get("error_messages")
    found = "; ".join(map(str, messages)) if isinstance(messages, list) else ""
    return f"{code} {found or fields.get('status_message', '')}"[:300].strip()
