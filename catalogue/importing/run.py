"""Importing a file of listings: all of it or nothing, unless asked otherwise."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from catalogue.importing import (
    columns,
    fields,
    makers,
    photos,
    plan,
    publication,
    rows,
    source,
    works,
)
from catalogue.importing.plan import Plan
from catalogue.importing.report import Problem, Report
from catalogue.importing.rows import Entry
from catalogue.importing.sheet import Sheet, Unreadable
from catalogue.importing.slugs import Slugs
from catalogue.importing.spelling import plain
from catalogue.importing.words import Words
from catalogue.importing.works import Shelf
from catalogue.models import Product
from catalogue.search import index

Tick = Callable[[int, int], None]
Step = Callable[[Plan], None]

BATCH = 500  # products a statement
PHOTO_STEPS = 8  # of the progress bar; checking a work and writing it take one each
REFUSALS = (IntegrityError, DataError)

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
        self.steps = self.total = 0
        self.written: list[Product] = []
        self.album = photos.Album(photos.Folder(options.photos)) if options.photos else None
        self.makers, self.listings = self._understand(sheets)

    @property
    def done(self) -> Counter[str]:
        return self.outcome.done

    @property
    def is_doomed(self) -> bool:
        """Tell whether nothing will be kept, so that no photo need be stored."""
        if self.options.is_partial:
            return self.options.is_dry_run
        return self.options.is_dry_run or self.outcome.report.has_errors

    def carry_out(self) -> Outcome:
        try:
            with transaction.atomic():
                self._write_all()
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
            if plain(sheet.name) in OUR_OWN:
                continue
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
        if sheet.rows:
            what = _("This sheet has no row of headings; it was not read.")
            line = sheet.rows[0].line
            self.outcome.report.add(Problem(sheet.name, line, "", what, is_error=False))

    def _write_all(self) -> None:
        words = Words.load()
        created, refused = makers.create(self.makers, words)
        self.done["makers"] = len(created)
        shelf = Shelf(entry.values.get("sku", "") for entry in self.listings)
        slugs = Slugs(shelf.slugs, most=130)
        grouped = works.group(self.listings, shelf)
        self.total = len(grouped) * (PHOTO_STEPS + 2)
        plans = []
        for work in grouped:
            plans.append(plan.make(work, words, refused, slugs))
            self._step()
        self._save([made for made in plans if made.work.is_sound])
        self._step(self.total - self.steps)

    def _save(self, plans: list[Plan]) -> None:
        """Write many works at a time; those whose photos may still fail, one by one."""
        alone: list[Plan] = []
        others: list[Plan] = []
        for made in plans:
            is_risky = self.options.is_partial and made.work.names_photos
            (alone if is_risky else others).append(made)
        new = [made for made in others if made.is_new]
        known = [made for made in others if not (made.is_new or made.is_settled)]
        self.done["same"] += len(others) - len(new) - len(known)
        for alike in (new, known):
            for start in range(0, len(alike), BATCH):
                self._write_many(alike[start : start + BATCH])
        for made in alone:
            self._attempt(made, [self._write_one, self._photos, self._publish])
            self._step()
        self._finish(others if self.options.is_partial else plans)
        if not self.is_doomed:
            index.update(product.pk for product in self.written)

    def _write_many(self, plans: list[Plan]) -> None:
        """Should one of them be refused, take all back and find out which."""
        done = self.done.copy()
        try:
            with transaction.atomic():
                self._write_alike(plans)
                if not all(made.work.is_sound for made in plans):
                    raise _Undone  # noqa: TRY301  the way out of an atomic block
        except (_Undone, *REFUSALS):
            self.outcome.done = done
            for made in plans:
                self._attempt(made, [self._write_one])
        self._step(len(plans))

    def _finish(self, plans: list[Plan]) -> None:
        """Attach photos and publish once all else is right."""
        for made in plans:
            if made.work.is_sound and made.work.names_photos:
                self._attempt(made, [self._photos])
                self._step(PHOTO_STEPS)
        sound = [made.work for made in plans if made.work.is_sound]
        self.done["published"] += publication.publish(sound, publish_all=self.options.publish_all)

    def _attempt(self, made: Plan, steps: Iterable[Step]) -> None:
        """Take the steps in a savepoint; a work that is refused leaves nothing behind."""
        done, kept = self.done.copy(), len(self.album.kept) if self.album else 0
        try:
            with transaction.atomic():
                for step in steps:
                    step(made)
                    if not made.work.is_sound:
                        raise _Undone  # noqa: TRY301  the way out of an atomic block
        except (_Undone, *REFUSALS) as error:
            self.outcome.done = done
            self._forget(kept)
            if not isinstance(error, _Undone):
                cause = str(error).splitlines()[0]
                made.work.first.refuse("", _("The database refuses this product."), cause)

    def _write_one(self, made: Plan) -> None:
        if made.is_settled:
            self.done["same"] += 1
        else:
            self._write_alike([made])

    def _write_alike(self, plans: list[Plan]) -> None:
        """Write works that are all new, or all known."""
        self.done["variants"] += sum(offer.is_new for made in plans for offer in made.offers)
        if plans[0].is_new:
            plan.create(plans, self.note)
            self.done["created"] += len(plans)
        else:
            self.done["counted"] += plan.update(plans, self.note)
            self.done["changed"] += len(plans)
        self.written += [made.product for made in plans]

    def _photos(self, made: Plan) -> None:
        if self.album is None:
            for entry in made.work.entries:
                if "photos" in entry.values:
                    todo = _("Name their folder: --photos FOLDER.")
                    entry.note("photos", _("The photos were left out."), todo)
            return
        self.done["photos"] += self.album.fill(made.work, is_kept=not self.is_doomed)

    def _publish(self, made: Plan) -> None:
        self.done["published"] += publication.publish(
            [made.work], publish_all=self.options.publish_all
        )

    def _step(self, steps: int = 1) -> None:
        self.steps += steps
        if self.total:
            self.tick(self.steps, self.total)

    def _forget(self, since: int = 0) -> None:
        if self.album:
            self.album.forget(since)
