"""The announcements of this moment, at no query a page.

Each process keeps the list for a minute; until then a colleague's change is not
seen by the others. Beginning and end are honoured to the second all the same.
"""

from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

from catalogue.models import Announcement

KEY = "announcements"
KEPT = 60  # seconds
MOST = 2  # a phone's screen should begin with the page, not with news


def current() -> list[Announcement]:
    now = timezone.now()
    return [row for row in _ahead() if row.starts_at <= now < row.ends_at][:MOST]


def keep(rows: list[Announcement]) -> None:
    """Take these for the table's rows during the next minute."""
    caches["kept"].set(KEY, rows, KEPT)


def forget() -> None:
    """Look at the table again at the next page."""
    caches["kept"].delete(KEY)


def announcements(request: HttpRequest) -> dict[str, Callable[[], list[Announcement]]]:
    """For templates: asked only by those that show them."""
    return {"announcements": current}


def _ahead() -> list[Announcement]:
    rows: list[Announcement] | None = caches["kept"].get(KEY)
    if rows is None:
        rows = list(Announcement.objects.not_over())
        keep(rows)
    return rows
