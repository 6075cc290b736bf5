from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lumajang_crafts.lib import stray_files


class Command(BaseCommand):
    help = "Delete picture files older than a day that no row names"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, **options: Any) -> str:
        names = stray_files.sweep(dry_run=options["dry_run"])
        return "\n".join([*names, f"{len(names)} stray files"])
