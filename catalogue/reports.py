"""Acts on reports of listings."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ListingReport, Product
from lumajang_crafts.lib import ratelimit

MOST, PERIOD = 5, 3600  # reports, seconds: of one client about all works together


class TooManyReports(Exception):
    """The client has reported as often as an hour allows."""


@transaction.atomic
def file(product: Product, client: str, *, reason: str, text: str, contact: str) -> ListingReport:
    """Keep the report for the curators; raises TooManyReports."""
    if not ratelimit.is_allowed("report", client, most=MOST, seconds=PERIOD):
        raise TooManyReports
    return ListingReport.objects.create(
        product=product,
        reason=reason,
        text=text,
        contact=contact,
        language=get_language() or "id",
    )


@transaction.atomic
def handle(report_id: int, *, by: User, note: str) -> ListingReport:
    """Close the report with what was done about it; the first answer stays.

    Raises ValidationError when the note is empty.
    """
    report = ListingReport.objects.select_for_update().get(pk=report_id)
    if report.handled_at is not None:
        return report
    if not note.strip():
        raise ValidationError({"note": _("Write what was done about it.")})
    report.note, report.handled_by, report.handled_at = note.strip(), by, timezone.now()
    report.save(update_fields=["note", "handled_by", "handled_at"])
    return report
