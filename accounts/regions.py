"""Loading Indonesia's regions from the committed list (see NOTICE for its source)."""

import csv
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
