"""What a gateway says of an attempt to pay."""

from orders.payments.base import Report, State

RAW = {
    State.PAID: "settlement",
    State.FAILED: "deny",
    State.CANCELLED: "cancel",
    State.EXPIRED: "expire",
    State.REVERSED: "chargeback",
    State.REFUNDED: "refund",
    State.PARTLY_REFUNDED: "partial_refund",
    State.HELD: "capture",
    State.PENDING: "pending",
}


def report(payment, state, *, name="transaction", amount=None, refunded=0, refund_key=""):
    return Report(
        reference=payment.reference,
        state=state,
        amount=payment.amount if amount is None else amount,
        transaction_id=f"{name}-{payment.pk}",
        raw_status=RAW[state],
        fraud_status="",
        refund_key=refund_key,
        refunded=refunded,
        at=None,
        currency="IDR",
    )
