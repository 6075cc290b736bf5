"""Proofs of transfer: a buyer shows one, staff compare it with the account and answer."""

import datetime
from contextlib import ExitStack
from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from lumajang_crafts.lib import pictures
from orders import letters, settlement
from orders.models import Order, OrderEvent, OrderMessage, Payment, PaymentEvent, TransferProof

MOST_BYTES = 5 * 1024 * 1024
MOST_PROOFS = 5  # of one order: each holds the works a little longer
ANOTHER_TRY = datetime.timedelta(hours=3)  # to send another after a refusal
FOLDER = "proofs"
ACCEPT = f"{pictures.ACCEPT},application/pdf"  # what a file field offers
PDF_HEAD, PDF_TAIL, TAIL_BYTES = b"%PDF-", b"%%EOF", 1024
TYPES = {"pdf": "application/pdf", "webp": "image/webp"}

Status = TransferProof.Status


class ProofRefused(Exception):
    """No proof is taken now; the message is a translated sentence for the buyer."""


def submit(payment_id: int, upload: UploadedFile[Any]) -> TransferProof:
    """Keep a safe copy of the buyer's picture or PDF and stop the clock until staff looked.

    A second proof does not replace one that waits: what staff may be reading at
    this moment must not change under their eyes. Raises ProofRefused, and
    ValidationError for a file that is no whole picture or PDF of at most 5 MiB.
    """
    content, suffix = _safe(upload)
    storage = TransferProof._meta.get_field("file").storage  # noqa: SLF001  documented
    name = storage.save(pictures.random_name(FOLDER, suffix), content)
    with ExitStack() as on_failure:
        on_failure.callback(storage.delete, name)
        proof = _note(payment_id, name)
        on_failure.pop_all()
    return proof


@transaction.atomic
def accept(
    proof_id: int, received: int, *, actor: User, takes_excess: bool = False
) -> TransferProof:
    """Record the rupiah that staff saw on the account, and that the proof was right.

    Raises settlement.AmountDiffers: less never pays an order, more only when
    staff say that they saw it, and then the difference is to be paid back.
    """
    payment, proof = _locked(proof_id)
    if proof.status != Status.ACCEPTED:
        _decide(proof, Status.ACCEPTED, actor)
        note = f"proof {proof.pk}"
        settlement.receive(payment.pk, received, actor=actor, note=note, takes_excess=takes_excess)
    return proof


@transaction.atomic
def refuse(proof_id: int, reason: str, *, actor: User) -> TransferProof:
    """Tell the buyer why it does not do; the clock runs on, with time for another proof."""
    payment, proof = _locked(proof_id)
    if proof.status != Status.REFUSED:
        _decide(proof, Status.REFUSED, actor, reason)
        if payment.order.status == Order.Status.AWAITING_VERIFICATION:
            _let_try_again(payment, actor, reason)
    return proof


def download(proof: TransferProof) -> FileResponse:
    """The file as an attachment of a fixed type, in which no browser runs anything."""
    suffix = (proof.file.name or "").rpartition(".")[2]
    response = FileResponse(
        proof.file.open("rb"),
        as_attachment=True,
        filename=f"{proof.payment.reference}-{proof.pk}.{suffix}",
        content_type=TYPES[suffix],
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _safe(upload: UploadedFile[Any]) -> tuple[File[Any], str]:
    """Pictures are drawn anew; a PDF is kept as it came and never shown inside a page."""
    if upload.size is None or upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Choose a smaller one."), "bytes")
    upload.seek(0)
    if upload.read(len(PDF_HEAD)) != PDF_HEAD:
        return pictures.normalise(cast(BinaryIO, upload)), "webp"
    upload.seek(0)
    content = upload.read()
    if PDF_TAIL not in content[-TAIL_BYTES:]:
        raise ValidationError(_("The PDF is incomplete. Send it once more."), "damaged")
    return ContentFile(content), "pdf"


@transaction.atomic
def _note(payment_id: int, name: str) -> TransferProof:
    payment = settlement.locked(payment_id)
    order = payment.order
    _check_expected(payment)
    proof = TransferProof.objects.create(payment=payment, file=name)
    PaymentEvent.objects.create(
        payment=payment,
        key=f"proof:{proof.pk}",
        state=payment.status,
        amount=payment.amount,
        source=PaymentEvent.Source.BUYER,
    )
    order.move_to(Order.Status.AWAITING_VERIFICATION, source=OrderEvent.Source.BUYER)
    return proof


def _check_expected(payment: Payment) -> None:
    sent = TransferProof.objects.filter(payment__order=payment.order)
    if payment.order.status == Order.Status.AWAITING_VERIFICATION:
        raise ProofRefused(_("Your proof is being checked. Please wait for the answer."))
    if not (payment.order.is_unpaid and payment.is_open and payment.is_by_hand):
        raise ProofRefused(_("This order needs no proof of payment now."))
    if sent.count() >= MOST_PROOFS:
        raise ProofRefused(_("Too many proofs were sent for this order. Please write to us."))


def _locked(proof_id: int) -> tuple[Payment, TransferProof]:
    payment_id = TransferProof.objects.values_list("payment", flat=True).get(pk=proof_id)
    payment = settlement.locked(payment_id)
    return payment, TransferProof.objects.select_for_update().get(pk=proof_id)


def _decide(proof: TransferProof, status: Status, actor: User, reason: str = "") -> None:
    proof.decide(status, reason=reason)
    proof.decided_by, proof.decided_at = actor, timezone.now()
    proof.save(update_fields=["status", "reason", "decided_by", "decided_at"])


def _let_try_again(payment: Payment, actor: User, reason: str) -> None:
    order = payment.order
    order.expires_at = max(order.expires_at, timezone.now() + ANOTHER_TRY)
    payment.expires_at = order.expires_at
    payment.save(update_fields=["expires_at"])
    event = order.move_to(
        Order.Status.PENDING,
        source=OrderEvent.Source.STAFF,
        actor=actor,
        note=reason,
        also=("expires_at",),
    )
    letters.queue(order, OrderMessage.Kind.PROOF_REFUSED, event)
