"""Drawings of the demo that made-up works share: each is stored and made small once."""

import csv
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from PIL import Image

from catalogue.models import Photo
from lumajang_crafts.lib import pictures

FOLDER = Path(__file__).parent / "demo_data"


def stored(prefixes: list[str]) -> list[dict[str, Any]]:
    """Store the demo's drawings of these names once; return what a photo's row says of each."""
    with (FOLDER / "pictures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith(tuple(prefixes))]
    return [_drawing(row) for row in rows]


def _drawing(row: dict[str, str]) -> dict[str, Any]:
    name = f"{Photo.picture_folder}/contoh/{row['file']}"
    if not default_storage.exists(name):
        with (FOLDER / "pictures" / row["file"]).open("rb") as file:
            default_storage.save(name, File(file))
        pictures.make_variants(default_storage, name)
    with Image.open(FOLDER / "pictures" / row["file"]) as drawing:
        width, height = drawing.size
    return {
        "picture": name,
        "picture_width": width,
        "picture_height": height,
        "picture_widths": sorted(set(pictures.variant_widths(width))),
        "picture_alt": row["alt"],
        "picture_alt_en": row["alt_en"],
    }
