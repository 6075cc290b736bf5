"""Money that goes back to buyers: never more than came, and each sum once."""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from orders import settlement
from orders.models import Payment, PaymentEvent, Refund, SubOrder
from orders.payments import drivers
from orders.payments.base import GatewayAway, Report

Status = Payment.Status


class RefundRefused(Exception):
    """The money cannot go back so; the message is a translated sentence for staff."""


@transaction.atomic
def request(
    payment_id: int,
    amount: int,
    reason: str,
    *,
    actor: User | None,
    key: str,
    suborder: SubOrder | None = None,
) -> Refund:
    """Note that so many rupiah of this payment are to go back; `key` makes it once.

    `suborder` is the part of the order that it is for, if it is for one.

    Raises RefundRefused when all refunds together would be more than came.
    """
    payment = settlement.locked(payment_id)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        return known
    promised = payment.refunds.aggregate(n=Sum("amount"))["n"] or 0
    if amount <= 0 or promised + amount > payment.received:
        raise RefundRefused(_("That is more than what was received and not yet given back."))
    return Refund.objects.create(
        payment=payment,
        suborder=suborder,
        key=key,
        amount=amount,
        reason=reason,
        requested_by=actor,
    )


def carry_out(refund_id: int, *, actor: User, evidence: str = "") -> Refund:
    """Give the money back; done before changes nothing.

    With the bank's reference as evidence it went by hand; without, the gateway is
    told, outside a transaction. Raises RefundRefused, and GatewayAway or
    GatewayRefused, after which trying again is safe: the key gives once.
    """
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if refund.status == Refund.Status.DONE:
        return refund
    _check_here(refund.payment)
    if evidence:
        return _finish(refund_id, actor=actor, evidence=evidence)
    if refund.payment.is_by_hand:
        raise RefundRefused(_("Enter the bank’s reference of the transfer back."))
    report = _refund_there(refund)
    settlement.apply(refund.payment_id, report, PaymentEvent.Source.STAFF)
    return _finish(refund_id, actor=actor)


def _check_here(payment: Payment) -> None:
    if payment.status not in {Status.PAID, Status.PARTLY_REFUNDED}:
        raise RefundRefused(_("This payment’s money is not with us."))


def _refund_there(refund: Refund) -> Report:
    gateway = drivers.gateway()
    if gateway is None:
        raise GatewayAway("No gateway is configured.")
    return gateway.refund(refund.payment.reference, refund.amount, refund.key, refund.reason)


@transaction.atomic
def _finish(refund_id: int, *, actor: User, evidence: str = "") -> Refund:
    """Write down who gave it back, and where the payment and its order stand now."""
    payment_id = Refund.objects.values_list("payment", flat=True).get(pk=refund_id)
    payment = settlement.locked(payment_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.status == Refund.Status.REQUESTED:
        _check_here(payment)
        refund.finish()
        refund.done_at = timezone.now()
        _note(payment, refund, actor, evidence)
    if refund.done_by is None:
        refund.done_by, refund.evidence = actor, evidence
    refund.save(update_fields=["status", "done_at", "done_by", "evidence"])
    _settle(payment, actor)
    return refund


def _note(payment: Payment, refund: Refund, actor: User, evidence: str) -> None:
    PaymentEvent.objects.create(
        payment=payment,
        key=f"refund:{refund.key}",
        state=Status.PARTLY_REFUNDED,
        amount=refund.amount,
        source=PaymentEvent.Source.STAFF,
        actor=actor,
        note=evidence,
    )


def _settle(payment: Payment, actor: User) -> None:
    done = payment.refunds.filter(status=Refund.Status.DONE).aggregate(n=Sum("amount"))["n"] or 0
    target = Status.REFUNDED if done >= payment.received else Status.PARTLY_REFUNDED
    if target in payment.NEXT[payment.status]:
        payment.move_to(target)
        payment.save(update_fields=["status"])
    settlement.close_if_all_is_back(payment, settlement.by_staff(actor))
