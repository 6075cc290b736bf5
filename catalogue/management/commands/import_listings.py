from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.importing import run, template
from catalogue.importing.sheet import Unreadable
from lumajang_crafts.lib.progress import Bar

REFUSED, PARTLY = 1, 2  # exit codes: nothing was written, or only what was right


class Command(BaseCommand):
    help = "Fill the catalogue from a spreadsheet (.xlsx or .csv) and report row by row"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--photos", type=Path, metavar="DIR", help="where the named files are")
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
        parser.add_argument(
            "--partial", action="store_true", help="keep the products that are right"
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish complete products of published makers, unless their status is draft",
        )
        parser.add_argument("--language", choices=["id", "en"], default="id")
        parser.add_argument(
            "--template", type=Path, metavar="OUT.xlsx", help="write an empty spreadsheet instead"
        )

    def handle(self, **options: Any) -> str:
        with translation.override(options["language"]):
            if options["template"]:
                template.write(options["template"])
                return _("Written: %s") % str(options["template"])
            return self._import(options)

    def _import(self, options: dict[str, Any]) -> str:
        path, photos = options["file"], options["photos"]
        if path is None:
            raise CommandError(_("Name a spreadsheet, or --template OUT.xlsx."))
        if photos and not photos.is_dir():
            raise CommandError(_("The folder of photos is not there: %s") % photos)
        wishes = run.Options(photos, options["dry_run"], options["partial"], options["publish"])
        try:
            with path.open("rb") as file:
                outcome = run.run(file, path.name, wishes, Bar(self.stderr))
        except FileNotFoundError as error:
            raise CommandError(_("There is no such file: %s") % path) from error
        except Unreadable as refusal:
            raise CommandError(str(refusal)) from refusal
        return self._tell(outcome)

    def _tell(self, outcome: run.Outcome) -> str:
        """Print the report; errors make the exit code."""
        for line in outcome.report.lines():
            self.stdout.write(line)
        self.stdout.write(_summary(outcome.done))
        errors = len(outcome.report.errors)
        if errors:
            fate = _("The rest was written.") if outcome.is_written else _("Nothing was written.")
            told = ngettext("%d error.", "%d errors.", errors) % errors
            code = PARTLY if outcome.is_written else REFUSED
            raise CommandError(f"{told} {fate}", returncode=code)
        return "" if outcome.is_written else _("Nothing was written.")


def _summary(done: Counter[str]) -> str:
    """Say what was done, or would be."""
    return _(
        "Products: %(created)d new, %(changed)d changed, %(same)d unchanged. "
        "New variants: %(variants)d. Counted again: %(counted)d. New photos: %(photos)d. "
        "New makers: %(makers)d. Published: %(published)d."
    ) % {key: done[key] for key in run.COUNTED}
