"""The sheet Perajin: makers who are not there yet arrive as drafts."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue.importing.report import Unclear
from catalogue.importing.rows import Entry
from catalogue.importing.slugs import Slugs
from catalogue.importing.spelling import plain
from catalogue.importing.words import Words

SHEETS = {"perajin", "pengrajin", "makers", "artisans", "daftar perajin"}
REQUIRED = ["name", "kind", "maker_name", "district", "village", "lead"]


def create(entries: Sequence[Entry], words: Words) -> tuple[list[Artisan], set[str]]:
    """Create the missing makers; return them, and the plain names that could not be.

    A maker who is there already stays as staff left them.
    """
    slugs = Slugs(Artisan.objects.values_list("slug", flat=True), most=80)
    created, refused = [], set()
    for entry in entries:
        name = entry.values.get("name", "")
        if name and words.makers.get(name) is not None:
            continue
        artisan = _artisan(entry, words, slugs)
        if artisan is None:
            refused.add(plain(name))
            continue
        with transaction.atomic():
            artisan.save()
        words.makers.add(artisan)
        created.append(artisan)
    return created, refused


def _artisan(entry: Entry, words: Words, slugs: Slugs) -> Artisan | None:
    entry.demand(REQUIRED)
    values = {key: value for key, value in entry.values.items() if key != "district"}
    artisan = Artisan(**values, status=Artisan.Status.DRAFT)
    artisan.slug = slugs.free(artisan.name)
    try:
        if "district" in entry.values:
            artisan.district = words.districts.find(
                entry.values["district"], _("There is no kecamatan “%s” in Lumajang.")
            )
    except Unclear as unclear:
        entry.refuse("district", unclear.what, unclear.todo)
    if not entry.broken:
        check(artisan, entry)
    return None if entry.broken else artisan


def check(row: Artisan, entry: Entry) -> None:
    """Report what the model's own validators refuse."""
    try:
        row.clean_fields()
    except ValidationError as refusal:
        for key, messages in refusal.message_dict.items():
            entry.refuse(key, " ".join(messages))
