"""Photos named in the file: found in one folder, kept once by their content."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue.importing.report import Unclear
from catalogue.importing.rows import Entry
from catalogue.importing.spelling import nearest
from catalogue.importing.works import Work
from catalogue.models import Photo
from lumajang_crafts.lib import pictures

# Its size is given, else the field would open the file.
STAND_IN = {"picture": "stand-in.webp", "picture_width": 1, "picture_height": 1}


class Folder:
    """The files below one folder, by name without regard to case; nothing outside it."""

    def __init__(self, root: Path) -> None:
        home = root.resolve()
        self._paths: dict[str, set[Path]] = defaultdict(set)
        self._names = []
        for path in sorted(home.rglob("*")):
            if path.is_file() and path.resolve().is_relative_to(home):
                inside = path.relative_to(home)
                self._names.append(path.name)
                for name in (inside, path.name, inside.with_suffix(""), path.stem):
                    self._paths[str(name).casefold()].add(path)

    def find(self, name: str) -> Path:
        """Return the file; raises Unclear when there is none, or several, of that name."""
        paths = self._paths.get(name.replace("\\", "/").casefold(), set())
        if len(paths) == 1:
            return next(iter(paths))
        if paths:
            raise Unclear(
                _("The folder of photos holds several files called “%s”.") % name,
                _("Write the name with its folder and its ending."),
            )
        near = nearest(name, self._names)
        raise Unclear(
            _("The folder of photos has no file “%s”.") % name,
            _("Did you mean “%s”?") % near
            if near
            else _("Put the file into the folder, or correct its name."),
        )


@dataclass(slots=True)
class Album:
    """Gives products the photos that they do not have yet.

    With `is_kept` false the files are only looked at: nothing reaches the
    storage, and the rows are stand-ins that must be undone. `kept` are the
    photos whose files stand in the storage.
    """

    folder: Folder
    kept: list[Photo] = field(default_factory=list)

    def fill(self, work: Work, *, is_kept: bool) -> int:
        """Add the photos that the work's rows name; return how many are new."""
        product = work.product
        assert product is not None  # noqa: S101  the product's row was saved before
        named = [(entry, *names) for entry in work.entries for names in _named(entry)]
        photos = list(product.photos.all()) if named else []
        known = {photo.source_digest: photo for photo in photos}
        position = max((photo.position for photo in photos), default=-1)
        for entry, name, words, words_en in named:
            try:
                path = self.folder.find(name)
                digest = _digest(path)
                if digest in known:
                    _reword(known[digest], words, words_en)
                    continue
                position += 1
                stand_in = {} if is_kept else STAND_IN
                known[digest] = photo = Photo(
                    product=product, position=position, source_digest=digest, **stand_in
                )
                _describe(photo, entry, words, words_en)
                self._keep(photo, path, is_kept=is_kept)
            except Unclear as unclear:
                entry.refuse("photos", unclear.what, unclear.todo)
            except ValidationError as refusal:
                entry.refuse("photos", f"{name}: {' '.join(refusal.messages)}")
        return len(known) - len(photos)

    def forget(self, since: int = 0) -> None:
        """Delete the files of the photos kept since then: their rows are taken back."""
        for photo in self.kept[since:]:
            if photo.picture:
                pictures.delete(photo.picture.storage, photo.picture.name or "", [])
        del self.kept[since:]

    def _keep(self, photo: Photo, path: Path, *, is_kept: bool) -> None:
        with path.open("rb") as file:
            if not is_kept:
                pictures.normalise(file)
                photo.save()
                return
            self.kept.append(photo)  # before its file is stored: what follows may fail
            photo.attach_picture(file)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _named(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Pair each file name with its words; there are as many, or none."""
    names = entry.values.get("photos", [])
    words = {key: entry.values.get(key, []) for key in ("alts", "alts_en")}
    for key, texts in words.items():
        if texts and len(texts) != len(names):
            entry.refuse(
                key,
                _("Photos named: %(names)d; descriptions: %(texts)d.")
                % {"names": len(names), "texts": len(texts)},
                _("Write one description a photo, with semicolons between them."),
            )
            return
    blank = [""] * len(names)
    yield from zip(names, words["alts"] or blank, words["alts_en"] or blank, strict=True)


def _describe(photo: Photo, entry: Entry, words: str, words_en: str) -> None:
    """Give the photo its words; without any, the product's name and a number, and say so."""
    photo.picture_alt, photo.picture_alt_en = words, words_en
    if not words:
        photo.picture_alt = _numbered("id", photo.product.name, photo.position)
        entry.note(
            "alts",
            _("A photo without words got the product's name."),
            _("Describe what it shows, for those who cannot see it."),
        )
    if not words_en and not words and photo.product.name_en:
        photo.picture_alt_en = _numbered("en", photo.product.name_en, photo.position)
    photo.clean_fields(exclude={"product", "picture"})


def _numbered(language: str, name: str, position: int) -> str:
    with translation.override(language):
        return _("%(name)s, photo %(number)d") % {"name": name, "number": position + 1}


def _reword(photo: Photo, words: str, words_en: str) -> None:
    wanted = {"picture_alt": words, "picture_alt_en": words_en}
    changed = [key for key, text in wanted.items() if text and getattr(photo, key) != text]
    for key in changed:
        setattr(photo, key, wanted[key])
    if changed:
        photo.save(update_fields=changed)
