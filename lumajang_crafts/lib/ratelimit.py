"""How often a client may do something, counted in PostgreSQL by all processes together."""

import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

UPSERT = """
    INSERT INTO lumajang_crafts_tries AS tries (key, ends_at, number) VALUES (%(key)s, %(end)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        number = CASE WHEN tries.ends_at > %(now)s THEN tries.number + 1 ELSE 1 END,
        ends_at = CASE WHEN tries.ends_at > %(now)s THEN tries.ends_at ELSE %(end)s END
    RETURNING number
"""


class Tries(models.Model):
    """The tries of one client at one thing, until `ends_at`; then they count from one again.

    `key` is a keyed hash: the table tells nobody's address (UU PDP, law 27/2022).
    """

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "lumajang_crafts"

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.number}"


def is_allowed(scope: str, client: str, *, most: int, seconds: int) -> bool:
    """Count this try and tell whether the client is still within `most` in so many seconds."""
    now = timezone.now()
    values: dict[str, Any] = {
        "key": salted_hmac("ratelimit", f"{scope}:{client}", algorithm="sha256").hexdigest(),
        "now": now,
        "end": now + datetime.timedelta(seconds=seconds),
    }
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, values)
        row = cursor.fetchone()
    assert row is not None  # noqa: S101  RETURNING always answers
    return bool(row[0] <= most)


def forget_ended() -> int:
    """Delete the counts that no longer count; return how many."""
    count, _by_model = Tries.objects.filter(ends_at__lt=timezone.now()).delete()
    return count
