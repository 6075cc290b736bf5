"""The catalogue's version: what was worked out from a list stays true while it stands.

Triggers (migration 0003) add a row to CatalogueChange in the transaction of
every change that may alter a list, so a version is never older than its lists.
The highest id is part of it because ids are not given out again when a
transaction is rolled back.
"""

from django.db import connection
from django.db.models import Max, Sum

from catalogue.models import CatalogueChange

Version = tuple[int, int]

MANY = 100  # rows that a sum may read without being felt

FOLD = """
WITH gone AS (
    DELETE FROM catalogue_cataloguechange
     WHERE (SELECT count(*) FROM catalogue_cataloguechange) > %s
    RETURNING weight
)
INSERT INTO catalogue_cataloguechange (weight) SELECT sum(weight) FROM gone HAVING count(*) > 0
"""


def now() -> Version:
    """Return the version that the database shows at this moment, in one small query."""
    found = CatalogueChange.objects.aggregate(total=Sum("weight"), last=Max("pk"))
    return found["total"] or 0, found["last"] or 0


def fold(most: int = MANY) -> None:
    """Put one row in the place of more than `most`; the sum stays, so nothing is missed."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [most])
