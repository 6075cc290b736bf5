"""Loading the first versions of the house's documents, as accounts/legal_data holds them."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import Document

FOLDER = Path(__file__).parent / "legal_data"


@transaction.atomic
def load(folder: Path = FOLDER) -> int:
    """Publish each version that is not there yet; return how many the files hold.

    The names of the site and the council are written into the text, so that the
    version stays what people read. Safe to repeat: what is published never changes.
    """
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = {name: _named(row.pop(name)) for name in ("body", "body_en")}
        Document.objects.get_or_create(
            kind=row.pop("kind"), version=row.pop("version"), defaults={**row, **texts}
        )
    return len(paths)


def _named(text: str) -> str:
    house = settings.SITE
    return text.strip().replace("{council}", house["council"]).replace("{site}", house["name"])
