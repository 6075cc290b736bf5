from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumajang_crafts import localdb


class Command(BaseCommand):
    help = "Start, stop or describe the local database"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *, action: str, **options: object) -> str:
        acts: dict[str, Callable[[], None]] = {
            "start": localdb.keep,
            "stop": localdb.stop,
        }
        try:
            if action in acts:
                acts[action]()
            return localdb.status()
        except localdb.LocalDatabaseError as refusal:
            raise CommandError(str(refusal)) from refusal
