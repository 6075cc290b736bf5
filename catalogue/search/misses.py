"""Searches that found nothing, counted outside the request so that a GET never writes."""

import datetime
import re
import threading
from collections import Counter

from django.conf import settings
from django.db import connection
from django.utils import timezone

from catalogue.models import SearchMiss
from catalogue.search import words

LONGEST = 60  # letters
MOST_WORDS = 6  # a longer text is a message, not a search
KEPT_DAYS = 365
MOST_KEPT = 500  # different searches between two writings
NUMBER = re.compile(r"\d{5,}|\d[\d .-]{6,}\d")  # a phone, an account, an identity number

SAVE = """
INSERT INTO catalogue_searchmiss (query, count, last_on) VALUES (%s, %s, %s)
ON CONFLICT (query) DO UPDATE
   SET count = catalogue_searchmiss.count + excluded.count, last_on = excluded.last_on
"""

_waiting: Counter[str] = Counter()
_lock = threading.Lock()
_timers: list[threading.Timer] = []


def note(text: str) -> None:
    """Count one search; what could tell who asked (an address, a number, a sentence) is dropped.

    The counts wait in the process for SEARCH_MISS_SECONDS and are then written
    together; a process that is killed loses them, which harms nobody.
    """
    spoken = words.tokens(text)
    query = " ".join(spoken)[:LONGEST]
    if not query or "@" in text or NUMBER.search(text) or len(spoken) > MOST_WORDS:
        return
    with _lock:
        if len(_waiting) < MOST_KEPT or query in _waiting:
            _waiting[query] += 1
        if settings.SEARCH_MISS_SECONDS and not _timers:
            timer = threading.Timer(settings.SEARCH_MISS_SECONDS, _flush_in_thread)
            timer.daemon = True
            _timers.append(timer)
            timer.start()


def flush() -> int:
    """Write what waits; return how many different searches there were."""
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
        _timers.clear()
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.executemany(
            SAVE, [(query, count, today) for query, count in sorted(counted.items())]
        )
    return len(counted)


def forget_old() -> None:
    """Delete what nobody has searched for in a year."""
    oldest = timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)
    SearchMiss.objects.filter(last_on__lt=oldest).delete()


def _flush_in_thread() -> None:
    try:
        flush()
    finally:
        connection.close()  # this thread's own
