"""Acts on letters: queue, send once, send again what was left lying."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from lumajang_crafts.lib import jobs
from orders import attempts, links
from orders.letters import words
from orders.models import Order, OrderEvent, OrderMessage

JOB = "send_order_message"
PATIENCE = datetime.timedelta(minutes=5)


@transaction.atomic
def queue(
    order: Order, kind: OrderMessage.Kind, event: OrderEvent | None = None
) -> OrderMessage | None:
    """Write the letter of this event and queue its sending in the caller's transaction.

    The same event a second time changes nothing. Who gave no e-mail address gets
    no letter: their page tells the same.
    """
    if not order.email:
        return None
    key = f"{order.pk}-{kind}-{event.sequence if event else 0}"
    message, is_new = OrderMessage.objects.get_or_create(
        key=key, defaults={"order": order, "kind": kind}
    )
    if is_new:
        jobs.defer(JOB, message_id=message.pk)
    return message


@transaction.atomic
def send(message_id: int) -> bool:
    """Send the letter unless it was sent; tell whether it went out now.

    The row stays locked while the letter travels, so a second worker passes by. A
    crash between the sending and the mark sends it again under the same
    Message-ID, which mailboxes recognise. Raises what the mail server raises.
    """
    waiting = OrderMessage.objects.filter(pk=message_id, sent_at__isnull=True)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is None:
        return False
    _letter(message).send()
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])
    return True


def defer_overdue() -> int:
    """Queue again what lies unsent and has no job ahead; return how many."""
    ahead = ProcrastinateJob.objects.filter(task_name=JOB, status="todo")
    overdue = OrderMessage.objects.filter(
        sent_at__isnull=True, created_at__lt=timezone.now() - PATIENCE
    ).exclude(pk__in=[job.args["message_id"] for job in ahead])
    keys = list(overdue.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        jobs.defer(JOB, message_id=key)
    return len(keys)


def _letter(message: OrderMessage) -> EmailMultiAlternatives:
    """Render it in the buyer's language; the link is made here and kept nowhere else."""
    order = Order.objects.for_page().get(pk=message.order_id)
    with translation.override(order.language):
        told = words.of(order, OrderMessage.Kind(message.kind))
        context = {
            "order": order,
            "name": " ".join(order.name.split()),  # line breaks would write letters of their own
            "told": told,
            "code": attempts.unique_code(order),
            "total": attempts.total(order),
            "link": links.address(order),
            "house": settings.SITE,
            "language": order.language,
        }
        letter = EmailMultiAlternatives(
            subject=told.subject,
            body=render_to_string("orders/email/letter.txt", context),
            to=[order.email],
            reply_to=[settings.SITE["email"]] if settings.SITE["email"] else None,
            headers={"Message-ID": _message_id(message), "Auto-Submitted": "auto-generated"},
        )
        letter.attach_alternative(
            render_to_string("orders/email/letter.html", context), "text/html"
        )
    return letter


def _message_id(message: OrderMessage) -> str:
    return f"<{message.key}@{urlsplit(settings.SITE['url']).hostname}>"
