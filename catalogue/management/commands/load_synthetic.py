from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from artisans import districts
from catalogue import synthetic, vocabulary


class Command(BaseCommand):
    help = "Add made-up workshops and works, marked as samples, to measure with"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", type=int, required=True, help="how many works")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same works")
        parser.add_argument("--pictures", action="store_true", help="share the demo's drawings")
        parser.add_argument("--yes", action="store_true", help="even outside the demo")

    def handle(self, **options: Any) -> str:
        if not (settings.DEMO or settings.DEBUG or options["yes"]):
            raise CommandError("This fills a real catalogue with made-up works: say --yes.")
        districts.load()
        vocabulary.load()
        count = synthetic.load(
            options["products"], options["seed"], with_pictures=options["pictures"]
        )
        return f"{count} works added"
