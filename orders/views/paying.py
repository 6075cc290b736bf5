"""How a buyer pays: choosing the way, showing a proof. Everything ends on the order's page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumajang_crafts.errors import too_many_requests
from lumajang_crafts.lib import ratelimit
from lumajang_crafts.lib.requests import client
from orders import links, paying, proofs
from orders.models import Order, Payment, TransferProof
from orders.payment_forms import MethodForm, ProofForm
from orders.payments.base import PaymentError
from orders.views.loading import opens_order

PAYS, UPLOADS, PERIOD = 60, 20, 3600  # tries of one client, seconds


@require_POST
@opens_order
def order_pay(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    """Change to a way to pay; for the gateway's, open it there."""
    if not _is_allowed(request, "pay", PAYS):
        return too_many_requests(request, PERIOD)
    form = MethodForm(request.POST)
    if form.is_valid():
        _choose(request, order, Payment.Method(form.cleaned_data["method"]))
    else:
        messages.error(request, _("Choose one of the ways to pay."))
    return redirect(links.path(order))


@require_POST
@opens_order
def order_proof(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    if not _is_allowed(request, "proof", UPLOADS):
        return too_many_requests(request, PERIOD)
    form = ProofForm(request.POST, request.FILES)
    payment = order.payments.last()
    if payment is not None and form.is_valid():
        _submit(request, payment, form.cleaned_data["file"])
    else:
        messages.error(request, _("Choose the picture or PDF of your transfer."))
    return redirect(links.path(order))


@require_safe
@opens_order
def proof_file(request: HttpRequest, order: Order, token: str, pk: int) -> FileResponse:
    own = TransferProof.objects.filter(payment__order=order).select_related("payment")
    return proofs.download(get_object_or_404(own, pk=pk))


def _choose(request: HttpRequest, order: Order, method: Payment.Method) -> None:
    try:
        payment = paying.switch(order.pk, method)
        if payment.is_open and not payment.is_by_hand:
            paying.start(payment.pk)
    except paying.MethodRefused as refusal:
        messages.error(request, str(refusal))
    except PaymentError:
        messages.error(
            request, _("The payment service does not answer. Try again, or choose another way.")
        )


def _submit(request: HttpRequest, payment: Payment, upload: UploadedFile[Any]) -> None:
    try:
        proofs.submit(payment.pk, upload)
    except proofs.ProofRefused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. We compare it with our account and write to you."))


def _is_allowed(request: HttpRequest, scope: str, most: int) -> bool:
    return ratelimit.is_allowed(scope, client(request), most=most, seconds=PERIOD)
