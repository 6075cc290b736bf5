"""Files that no row names: left when a transaction failed after storing one."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import Storage, default_storage, storages
from django.db import models
from django.utils import timezone

from lumajang_crafts.lib.pictured import Pictured

MIN_AGE = datetime.timedelta(days=1)  # a younger one may belong to a running transaction


def sweep(*, dry_run: bool = False) -> list[str]:
    """Delete them, unless `dry_run`; return their names.

    Only the folders of pictures and of private files are looked through. The rows
    are read after the files, so that a row saved meanwhile keeps its file.
    """
    files = [
        (storage, name) for storage, folder in _places() for name in _old_files(storage, folder)
    ]
    named = _stems_of_rows()
    stray = [(storage, name) for storage, name in files if _stem(name) not in named]
    if not dry_run:
        for storage, name in stray:
            storage.delete(name)
    return [name for _storage, name in stray]


def _places() -> list[tuple[Storage, str]]:
    """Where our files lie: pictures by their model's folder, private ones by their field's."""
    models_ = apps.get_models()
    folders = {model.picture_folder for model in models_ if issubclass(model, Pictured)}
    private = {
        str(field.upload_to)
        for model in models_
        for field in model._meta.get_fields()  # noqa: SLF001  documented
        if isinstance(field, models.FileField) and field.storage is storages["private"]
    }
    return [
        *((default_storage, folder) for folder in sorted(folders)),
        *((storages["private"], folder) for folder in sorted(private)),
    ]


def _old_files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    latest = timezone.now() - MIN_AGE
    for file in files:
        name = f"{folder}/{file}"
        if storage.get_modified_time(name) < latest:
            yield name
    for inner in folders:
        yield from _old_files(storage, f"{folder}/{inner}")


def _stems_of_rows() -> set[str]:
    """Every file that any row of any model names, without its suffix."""
    stems: set[str] = set()
    for model in apps.get_models():
        rows = model._base_manager.all()  # noqa: SLF001  documented; hides no row
        for field in model._meta.get_fields():  # noqa: SLF001  documented
            if isinstance(field, models.FileField):
                names = rows.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                stems.update(name.rsplit(".", 1)[0] for name in names.iterator() if name)
    return stems


def _stem(name: str) -> str:
    """The master's name without suffix: its variants lie in a folder of that name."""
    folder, _slash, file = name.rpartition("/")
    is_variant = file.rpartition(".")[0].isdigit()
    return folder if is_variant else f"{folder}/{file.rpartition('.')[0]}"
