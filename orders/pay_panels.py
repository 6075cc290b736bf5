"""What a buyer sees of the attempt to pay that is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumajang_crafts.lib.money import rupiah
from orders import paying, proofs
from orders.models import BankAccount, Payment, QrisCode, TransferProof
from orders.payments import qris

DIGITS = 3  # of a unique code


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that components/pay_panel.html shows; money is whole rupiah."""

    payment: Payment
    amount_head: str  # "Rp318."
    amount_tail: str  # "123", by which the council tells it
    accounts: Sequence[BankAccount]
    code: QrisCode | None
    picture: str  # data URI of the code, or ""
    proof: TransferProof | None  # the latest
    takes_proof: bool
    is_checked: bool  # staff look at a proof: nothing to do and no deadline
    others: Sequence[paying.Method]  # ways that the buyer may change to
    accept: str = proofs.ACCEPT


def of(payment: Payment) -> Panel:
    """Ask for what the panel of an unpaid order's latest attempt shows."""
    by_hand = payment.is_open and payment.is_by_hand
    proof = payment.proofs.first()
    is_waiting = proof is not None and proof.status == TransferProof.Status.WAITING
    code = _code(payment) if payment.is_open else None
    amount = rupiah(payment.amount)
    return Panel(
        payment=payment,
        amount_head=amount[:-DIGITS] if payment.unique_code else amount,
        amount_tail=amount[-DIGITS:] if payment.unique_code else "",
        accounts=_accounts(payment) if payment.is_open else (),
        code=code,
        picture=qris.picture(code.payload) if code else "",
        proof=proof,
        takes_proof=by_hand and not is_waiting,
        is_checked=is_waiting,
        others=() if is_waiting else _others(payment),
    )


def _accounts(payment: Payment) -> Sequence[BankAccount]:
    if payment.method != Payment.Method.TRANSFER:
        return ()
    return list(BankAccount.objects.live().order_by("bank", "pk"))


def _code(payment: Payment) -> QrisCode | None:
    if payment.method != Payment.Method.QRIS:
        return None
    return QrisCode.objects.live().order_by("-approved_at").first()


def _others(payment: Payment) -> Sequence[paying.Method]:
    """Every way but the open one; after an attempt that failed, that way too."""
    ways = paying.offered(payment.order.total)
    return [way for way in ways if not (payment.is_open and way == payment.method)]
