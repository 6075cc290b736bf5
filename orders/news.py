"""The head of an order's page: what happened, what happens next, until when."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from lumajang_crafts.lib.moments import wib
from lumajang_crafts.lib.money import rupiah
from orders import attempts
from orders.models import Order


@dataclass(frozen=True, slots=True)
class News:
    title: str
    text: str


def of(order: Order) -> News:
    """Say how the order stands, in the active language; it is loaded with `for_page()`."""
    return TOLD[order.status](order)


def _pending(order: Order) -> News:
    if order.expires_at <= timezone.now():
        return News(
            _("The time to pay is over"),
            _(
                "It ended on %(time)s. In a few minutes the works go back on the shelf. Please do "
                "not pay any more; if you just did, we will find your money."
            )
            % {"time": wib(order.expires_at)},
        )
    return News(
        _("We are waiting for your payment"),
        _(
            "Please pay before %(time)s. The works are held for you until then; afterwards the "
            "order ends by itself and nothing is owed."
        )
        % {"time": wib(order.expires_at)},
    )


def _awaiting_verification(order: Order) -> News:
    return News(
        _("We are checking your payment"),
        _(
            "Your proof has arrived. We compare it with the bank’s statement and tell you the "
            "result. The works stay held for you, and there is nothing more to pay."
        ),
    )


def _paid(order: Order) -> News:
    return News(
        _("Thank you, your payment has arrived"),
        _(
            "It came on %(time)s. Each maker now confirms and prepares their part; this page "
            "always shows how far it is."
        )
        % {"time": wib(order.paid_at or timezone.now())},
    )


def _paid_late(order: Order) -> News:
    return News(
        _("Your payment came after the deadline"),
        _(
            "Your money is safe, but the works were no longer held. We are asking whether they can "
            "still be had: either you receive them, or all of your money goes back. Please do not "
            "pay again."
        ),
    )


def _on_hold(order: Order) -> News:
    return News(
        _("Your payment was taken back"),
        _(
            "The bank or the payment provider reversed it, so the order rests. We write to you as "
            "soon as we know more. Please do not pay again before that."
        ),
    )


def _expired(order: Order) -> News:
    return News(
        _("This order has ended without payment"),
        _(
            "No payment reached us before %(time)s, so the works are back on the shelf and nothing "
            "is owed. Have you paid all the same? Write to us: your money is not lost."
        )
        % {"time": wib(order.expires_at)},
    )


def _cancelled(order: Order) -> News:
    return News(
        _("This order is cancelled"),
        _(
            "Nothing is owed. Was that not what you wanted, or have you paid already? Write to us "
            "and we will see to it."
        ),
    )


def _refund_pending(order: Order) -> News:
    return News(
        _("Your money is on its way back"),
        _("We are giving back %(amount)s. This page tells you as soon as it has been sent.")
        % {"amount": rupiah(attempts.refunded(order))},
    )


def _refunded(order: Order) -> News:
    return News(
        _("Your money has been given back"),
        _(
            "We have given back %(amount)s. It can take some days until your bank shows it. If it "
            "does not arrive, write to us."
        )
        % {"amount": rupiah(attempts.refunded(order))},
    )


TOLD: dict[str, Callable[[Order], News]] = {
    Order.Status.PENDING: _pending,
    Order.Status.AWAITING_VERIFICATION: _awaiting_verification,
    Order.Status.PAID: _paid,
    Order.Status.PAID_LATE: _paid_late,
    Order.Status.ON_HOLD: _on_hold,
    Order.Status.EXPIRED: _expired,
    Order.Status.CANCELLED: _cancelled,
    Order.Status.REFUND_PENDING: _refund_pending,
    Order.Status.REFUNDED: _refunded,
}
