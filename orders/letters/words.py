"""What each letter says, in the language that is active."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumajang_crafts.lib.moments import wib
from lumajang_crafts.lib.money import rupiah
from orders import attempts
from orders.models import Order, OrderMessage, Payment, TransferProof


@dataclass(frozen=True, slots=True)
class Words:
    """The subject holds nothing that a buyer typed, so it cannot forge a header."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str


def of(order: Order, kind: OrderMessage.Kind) -> Words:
    """Return the words of that letter; `order` is loaded with `for_page()`."""
    return LETTERS[kind](order)


def _placed(order: Order) -> Words:
    payment = attempts.last(order)
    amount = rupiah(payment.amount if payment else order.total)
    ask = _("Please pay %(amount)s before %(time)s. The works are held for you until then.")
    how = _("How to pay, with the account number or the code, stands on the page of your order.")
    if payment is not None and payment.method == Payment.Method.TRANSFER:
        how = _(
            "Transfer exactly this amount: its last digits tell us that it is yours. The account "
            "number stands on the page of your order; we never send it by e-mail."
        )
    return Words(
        _("Order %(number)s: please pay") % {"number": order.number},
        (
            _("Thank you for your order with the makers of Lumajang."),
            ask % {"amount": amount, "time": wib(order.expires_at)},
            how,
        ),
        _("See the order and pay"),
    )


def _paid(order: Order) -> Words:
    return Words(
        _("Order %(number)s is paid") % {"number": order.number},
        (
            _("Thank you, your payment has arrived. Your invoice number is %(invoice)s.")
            % {"invoice": order.invoice},
            _(
                "Each maker now confirms and prepares their part. The page of your order always "
                "shows how far it is."
            ),
        ),
        _("See the order"),
    )


def _proof_refused(order: Order) -> Words:
    refused = TransferProof.objects.filter(payment__order=order, status="refused")
    proof = refused.order_by("-decided_at", "-pk").first()
    return Words(
        _("Order %(number)s: we could not accept your proof of payment") % {"number": order.number},
        (
            _("We compared your proof with the bank’s statement and could not accept it."),
            _("The reason: %(reason)s") % {"reason": proof.reason if proof else "–"},
            _(
                "On the page of your order you can send another proof or choose another way to "
                "pay, before %(time)s. Have you paid already? Write to us and do not pay "
                "again."
            )
            % {"time": wib(order.expires_at)},
        ),
        _("Send another proof"),
    )


def _expired(order: Order) -> Words:
    return Words(
        _("Order %(number)s has ended without payment") % {"number": order.number},
        (
            _("No payment reached us before %(time)s, so the works are back on the shelf.")
            % {"time": wib(order.expires_at)},
            _(
                "Nothing is owed. Have you paid all the same? Write to us: your money is "
                "not lost. If you still want the works, please order them anew."
            ),
        ),
        _("See the order"),
    )


def _cancelled(order: Order) -> Words:
    return Words(
        _("Order %(number)s is cancelled") % {"number": order.number},
        (
            _("Your order is cancelled and nothing is owed."),
            _(
                "Was that not what you wanted, or have you paid already? Write to us and "
                "we will see to it."
            ),
        ),
        _("See the order"),
    )


def _paid_late(order: Order) -> Words:
    return Words(
        _("Order %(number)s: your payment came after the deadline") % {"number": order.number},
        (
            _("Your money has arrived safely, but after the time in which the works were held."),
            _(
                "We are asking whether they can still be had. Either you receive them, or all of "
                "your money goes back; we write to you. There is nothing you need to do, and "
                "please do not pay again."
            ),
        ),
        _("See the order"),
    )


def _refunded(order: Order) -> Words:
    return Words(
        _("Order %(number)s: your money has been given back") % {"number": order.number},
        (
            _("We have given back %(amount)s.") % {"amount": rupiah(attempts.refunded(order))},
            _(
                "It can take some days until your bank shows it. If it does not arrive, write "
                "to us."
            ),
        ),
        _("See the order"),
    )


LETTERS: dict[str, Callable[[Order], Words]] = {
    OrderMessage.Kind.PLACED: _placed,
    OrderMessage.Kind.PAID: _paid,
    OrderMessage.Kind.PROOF_REFUSED: _proof_refused,
    OrderMessage.Kind.EXPIRED: _expired,
    OrderMessage.Kind.CANCELLED: _cancelled,
    OrderMessage.Kind.PAID_LATE: _paid_late,
    OrderMessage.Kind.REFUNDED: _refunded,
}
