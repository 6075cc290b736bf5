"""Loading the words of the craft: categories, techniques, materials, motifs."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import models, transaction

from catalogue.models import Category, Material, Motif, Synonym, Technique

FOLDER = Path(__file__).parent / "vocabulary_data"


@transaction.atomic
def load() -> int:
    """Insert what is missing; return how many rows the files hold.

    Rows that exist stay as staff have edited them. Safe to repeat.
    """
    rows = [_crafts(), _plain(Technique), _plain(Material), _motifs(), _synonyms()]
    return sum(rows)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _crafts() -> int:
    count = 0
    for position, craft in enumerate(read(FOLDER / "categories.toml")["craft"]):
        shelves = craft.pop("category", [])
        root = _keep(Category, {**craft, "position": position})
        for place, shelf in enumerate(shelves):
            _keep(Category, {**shelf, "parent": root, "position": place})
        count += 1 + len(shelves)
    return count


def _plain(model: type[models.Model]) -> int:
    name = model.__name__.lower()
    rows = read(FOLDER / f"{name}s.toml")[name]
    for row in rows:
        _keep(model, row)
    return len(rows)


def _synonyms() -> int:
    rows = read(FOLDER / "synonyms.toml")["synonym"]
    for row in rows:
        Synonym.objects.get_or_create(word=row["word"], defaults=row)
    return len(rows)


def _motifs() -> int:
    rows = read(FOLDER / "motifs.toml")["motif"]
    for position, row in enumerate(rows):
        row.pop("picture", None)  # the demo's
        _keep(Motif, {**row, "position": position})
    return len(rows)


def _keep(model: type[models.Model], row: dict[str, Any]) -> models.Model:
    kept, _created = model._default_manager.get_or_create(slug=row["slug"], defaults=row)  # noqa: SLF001  Django's documented name
    return kept
