"""The interface for shops: Snap and the transactions, refusals and all."""

import base64
import json
from typing import Any

from orders.payments.midtrans import REFERENCE
from orders.standin.gateway import StandIn
from orders.standin.ledger import Attempt, Refused, expiry
from orders.standin.web import Request, Response, answer

DAY = 24 * 60  # minutes, what Snap gives when it is told nothing
PAGE = "/snap/v4/redirection/"


def respond(standin: StandIn, request: Request) -> Response:
    """Answer one call; what cannot be done becomes Midtrans's own code."""
    expected = "Basic " + base64.b64encode(f"{standin.key}:".encode()).decode()
    if request.headers.get("HTTP_AUTHORIZATION") != expected:
        return _refusal(401, "Unknown merchant server_key/id")
    try:
        return _act(standin, request)
    except Refused as refused:
        return _refusal(refused.code, str(refused))
    except (KeyError, TypeError, ValueError) as error:
        return _refusal(400, f"The request is malformed: {error!r}")


def _act(standin: StandIn, request: Request) -> Response:
    match request.method, request.parts:
        case "POST", ["snap", "v1", "transactions"]:
            return _create(standin, request)
        case "GET", ["v2", reference, "status"]:
            attempt = _picked(standin, reference)
            return answer(200, attempt.body() | standin.weather.fields)
        case "POST", ["v2", reference, "expire" | "cancel" as act]:
            attempt = _picked(standin, reference)
            getattr(standin, act)(attempt.reference)
            return answer(200, attempt.body())
        case "POST", ["v2", reference, "refund"]:
            wanted = json.loads(request.body)
            attempt = _picked(standin, reference)
            standin.refund(attempt.reference, **_refund_wish(wanted))
            return answer(200, attempt.body())
    raise Refused(404, "The requested resource is not found")


def _create(standin: StandIn, request: Request) -> Response:
    wanted = json.loads(request.body)
    details, items = wanted["transaction_details"], wanted["item_details"]
    if not REFERENCE.fullmatch(details["order_id"]):
        raise Refused(400, "transaction_details.order_id format is invalid")
    if sum(item["price"] * item["quantity"] for item in items) != details["gross_amount"]:
        raise Refused(
            400, "transaction_details.gross_amount is not equal to the sum of item_details"
        )
    finish = wanted["callbacks"]["finish"]
    if not finish.startswith(("http://", "https://")):
        raise Refused(400, "callbacks.finish is invalid")
    attempt = Attempt(
        reference=details["order_id"],
        amount=details["gross_amount"],
        expires_at=expiry(wanted.get("expiry", {}).get("duration", DAY)),
        finish=finish,
        notify=request.headers.get("HTTP_X_OVERRIDE_NOTIFICATION", ""),
        items=items,
    )
    standin.ledger.open(attempt)
    address = f"{standin.address}{PAGE}{attempt.token}"
    return answer(201, {"token": attempt.token, "redirect_url": address} | standin.weather.fields)


def _picked(standin: StandIn, reference: str) -> Attempt:
    """Until the buyer has picked a method, Midtrans knows nothing of the attempt."""
    attempt = standin.ledger.get(reference)
    standin.expire_if_late(attempt)
    if not attempt.stage:
        raise Refused(404, "Transaction doesn't exist.")
    return attempt


def _refund_wish(wanted: dict[str, Any]) -> dict[str, Any]:
    return {"amount": wanted["amount"], "key": wanted["refund_key"], "reason": wanted["reason"]}


def _refusal(code: int, message: str) -> Response:
    return answer(
        code,
        {"status_code": str(code), "status_message": message, "error_messages": [message]},
    )
