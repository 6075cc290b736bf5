from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalogue import demo, demo_people


class Command(BaseCommand):
    help = "Load the sample workshops, works and people"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only into an empty catalogue")
        parser.add_argument("--sign-ins", action="store_true", help="only print the sign-ins")

    def handle(self, **options: Any) -> str:
        if options["sign_ins"]:
            return demo_people.sign_ins()
        if options["if_empty"] and not demo.is_catalogue_empty():
            return "The catalogue has works; nothing loaded."
        return f"{demo.load()} works"
