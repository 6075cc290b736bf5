"""Importing a file of listings: all of it or nothing, unless asked otherwise."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue import listing
from catalogue.importing import (
    columns,
    fields,
    makers,
    photos,
    product,
    publication,
    rows,
    source,
    variants,
    works,
)
from catalogue.importing.report import Problem, Report
from catalogue.importing.rows import Entry
from catalogue.importing.sheet import Sheet, Unreadable
from catalogue.importing.slugs import Slugs
from catalogue.importing.spelling import plain
from catalogue.importing.words import Words
from catalogue.importing.works import Shelf, Work

Tick = Callable[[int, int], None]
Step = Callable[[Work], None]

OUR_OWN = {"petunjuk", "pilihan", "guide", "choices"}  # sheets of the template


COUNTED = [
    "created",
    "changed",
    "same",
    "variants",
    "counted",
    "photos",
    "makers",
    "published",
]


@dataclass(frozen=True, slots=True)
class Options:
    """`photos` is the folder of the named files; without it they are left out."""

    photos: Path | None = None
    is_dry_run: bool = False
    is_partial: bool = False
    publish_all: bool = False


@dataclass(slots=True)
class Outcome:
    """What was done, or would be when `is_written` is false."""

    report: Report = field(default_factory=Report)
    done: Counter[str] = field(default_factory=Counter)
    is_written: bool = True


class _Undone(Exception):
    """Takes the transaction back."""


def run(
    file: BinaryIO, name: str, options: Options, tick: Tick = lambda done, total: None
) -> Outcome:
    """Import the file in one transaction; raises Unreadable.

    `name` stands in the note of each stock movement. `tick` hears how far it is.
    """
    return _Run(source.read(file), name, options, tick).carry_out()


class _Run:
    def __init__(self, sheets: list[Sheet], name: str, options: Options, tick: Tick) -> None:
        self.options, self.tick = options, tick
        self.note = name[:200]
        self.outcome = Outcome()
        self.album = photos.Album(photos.Folder(options.photos)) if options.photos else None
        self.makers, self.listings = self._understand(sheets)

    @property
    def is_doomed(self) -> bool:
        """Tell whether nothing will be kept, so that no photo need be stored."""
        if self.options.is_partial:
            return self.options.is_dry_run
        return self.options.is_dry_run or self.outcome.report.has_errors

    def carry_out(self) -> Outcome:
        try:
            with transaction.atomic():
                self._write()
                if self.is_doomed:
                    raise _Undone  # noqa: TRY301  the way out of an atomic block
        except _Undone:
            self.outcome.is_written = False
            self._forget()
        except BaseException:
            self._forget()
            raise
        return self.outcome

    def _understand(self, sheets: list[Sheet]) -> tuple[list[Entry], list[Entry]]:
        found: dict[bool, list[Entry]] = {True: [], False: []}
        has_listings = False
        for sheet in sheets:
            is_makers = plain(sheet.name) in makers.SHEETS
            known = fields.MAKERS if is_makers else fields.PRODUCTS
            heading = columns.find(sheet, known, "name" if is_makers else "sku")
            if heading is None:
                self._skip(sheet)
                continue
            has_listings |= not is_makers
            found[is_makers] += rows.understand(sheet, heading, known, self.outcome.report)
        if not has_listings:
            raise Unreadable(
                _("No row of headings was found. Start from the template: --template FILE.xlsx.")
            )
        return found[True], found[False]

    def _skip(self, sheet: Sheet) -> None:
        if sheet.rows and plain(sheet.name) not in OUR_OWN:
            what = _("This sheet has no row of headings; it was not read.")
            line = sheet.rows[0].line
            self.outcome.report.add(Problem(sheet.name, line, "", what, is_error=False))

    def _write(self) -> None:
        words = Words.load()
        created, refused = makers.create(self.makers, words)
        self.outcome.done["makers"] = len(created)
        shelf = Shelf(entry.values.get("sku", "") for entry in self.listings)
        slugs = Slugs(shelf.slugs, most=130)
        grouped = works.group(self.listings, shelf)

        def rows_of(work: Work) -> None:
            self._save(work, product.Resolved(work, words, refused), slugs)

        if self.options.is_partial:
            self._walk(grouped, [rows_of, self._photos, self._publish])
        else:
            self._walk(grouped, [rows_of])
            sound = [work for work in grouped if work.is_sound]
            self._walk(sound, [self._photos, self._publish])

    def _walk(self, grouped: list[Work], steps: Iterable[Step]) -> None:
        for number, work in enumerate(grouped, start=1):
            self._attempt(work, steps)
            self.tick(number, len(grouped))

    def _attempt(self, work: Work, steps: Iterable[Step]) -> None:
        """Take the steps in a savepoint; a work that is refused leaves nothing behind."""
        done, kept = self.outcome.done.copy(), len(self.album.kept) if self.album else 0
        try:
            with transaction.atomic():
                for step in steps:
                    step(work)
                    if not work.is_sound:
                        raise _Undone  # noqa: TRY301  the way out of an atomic block
        except (_Undone, IntegrityError, DataError) as error:
            self.outcome.done = done
            self._forget(kept)
            if not isinstance(error, _Undone):
                cause = str(error).splitlines()[0]
                work.first.refuse("", _("The database refuses this product."), cause)

    def _save(self, work: Work, found: product.Resolved, slugs: Slugs) -> None:
        variants.check(work)
        product.check(work, found)
        if not work.is_sound:
            return
        is_new = work.product is None
        is_changed = product.save(work, found, slugs)
        if not work.is_sound or work.product is None:
            return
        done = variants.save(work, self.note)
        if done["new"] or done["changed"]:
            listing.save_prices(work.product)
        is_changed = is_changed or done.total() > 0
        self.outcome.done["created" if is_new else "changed" if is_changed else "same"] += 1
        self.outcome.done["variants"] += done["new"]
        self.outcome.done["counted"] += done["counted"]

    def _photos(self, work: Work) -> None:
        if self.album is None:
            self._miss_folder(work)
            return
        self.outcome.done["photos"] += self.album.fill(work, is_kept=not self.is_doomed)

    def _miss_folder(self, work: Work) -> None:
        for entry in work.entries:
            if "photos" in entry.values:
                todo = _("Name their folder: --photos FOLDER.")
                entry.note("photos", _("The photos were left out."), todo)

    def _publish(self, work: Work) -> None:
        self.outcome.done["published"] += publication.publish(
            work, publish_all=self.options.publish_all
        )

    def _forget(self, since: int = 0) -> None:
        if self.album:
            self.album.forget(since)
