"""Where the payment gateway tells that something happened. It is believed nothing but which attempt."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders import polling, settlement
from orders.models import Payment, PaymentEvent
from orders.payments import drivers
from orders.payments.base import ForgedNotice, MalformedNotice
from orders.payments.midtrans import MOST_NOTICE_BYTES

log = structlog.get_logger()


@csrf_exempt  # a machine has no cookie; the signature and our own question stand for it
@require_POST
def midtrans(request: HttpRequest) -> HttpResponse:
    """Answer in the codes that decide whether Midtrans tells it again: 503 does so longest.

    Whatever goes wrong on our side is 503, never 500, which is repeated only once.
    """
    try:
        status = _take(request)
    except (MalformedNotice, ForgedNotice, OSError) as error:  # OSError: the caller hung up
        status = _refused(HTTPStatus.BAD_REQUEST, error)
    except settlement.AmountDiffers as error:
        status = _refused(HTTPStatus.BAD_REQUEST, error)
    except Exception:
        log.exception("notice_not_taken")
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse(status=status, content_type="text/plain")


def _take(request: HttpRequest) -> HTTPStatus:
    """Find the attempt that is spoken of, ask how it stands, and follow that."""
    gateway = drivers.gateway()
    if gateway is None:
        return HTTPStatus.NOT_FOUND
    body = request.read(MOST_NOTICE_BYTES + 1)  # of a longer one no more is read
    notice = gateway.read_notice(body, request.headers)
    attempts = Payment.objects.at_gateway().filter(reference=notice.reference)
    payment_id = attempts.values_list("pk", flat=True).first()
    if payment_id is None:
        return _refused(HTTPStatus.NOT_FOUND, "unknown reference")
    polling.poll(payment_id, PaymentEvent.Source.NOTICE)
    return HTTPStatus.OK


def _refused(status: HTTPStatus, reason: object) -> HTTPStatus:
    log.warning("notice_refused", status=int(status), reason=str(reason))
    return status
