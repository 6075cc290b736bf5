"""Loading Indonesia's regions from the committed list (see NOTICE for its source)."""

import csv
from functools import cache
from pathlib import Path

from django.db import transaction

from accounts.models import Region

REGIONS_CSV = Path(__file__).parent / "data" / "regions.csv"


@transaction.atomic
def load(path: Path = REGIONS_CSV) -> int:
    """Insert or update every region; return how many. Safe to repeat.

    The list is sorted by code, so a parent always comes before its children.
    """
    with path.open(encoding="utf-8", newline="") as file:
        regions = [
            Region(
                code=row["code"],
                name=row["name"],
                level=row["level"],
                postcode=row["postcode"],
                parent_id=row["code"].rpartition(".")[0] or None,
            )
            for row in csv.DictReader(file)
        ]
    Region.objects.bulk_create(
        regions,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "postcode", "parent"],
    )
    return len(regions)


@cache
def provinces(path: Path = REGIONS_CSV) -> tuple[tuple[str, str], ...]:
    """Code and name of each province, by name; read from the list, without a query."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == Region.Level.PROVINCE]
    return tuple(sorted(((row["code"], row["name"]) for row in rows), key=lambda row: row[1]))
