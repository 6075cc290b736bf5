"""Loading the 21 kecamatan from the committed list (see NOTICE for its source)."""

import csv
import tomllib
from pathlib import Path

from django.db import transaction

from artisans.models import District

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load() -> int:
    """Insert or update every district; return how many. Safe to repeat.

    The words about a place are only set where staff have written none.
    """
    with (DATA / "districts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        District.objects.update_or_create(code=row.pop("code"), defaults=row)
    about = tomllib.loads((DATA / "districts_about.toml").read_text(encoding="utf-8"))
    for words in about["district"]:
        District.objects.filter(code=words["code"], about="").update(
            about=words["about"], about_en=words["about_en"]
        )
    return len(rows)
