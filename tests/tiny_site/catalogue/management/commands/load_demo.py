from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true")
        parser.add_argument("--sign-ins", action="store_true")

    def handle(self, *, sign_ins: bool, **options: object) -> str:
        return "staff@example.com / secret" if sign_ins else "demo loaded"
