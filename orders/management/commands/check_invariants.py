from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orders import invariants


class Command(BaseCommand):
    help = "Look for anything in stock, orders and money that must never be"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at-rest", action="store_true", help="leave out what only a running worker keeps"
        )

    def handle(self, **options: Any) -> str:
        """Name every fault; end with a failure if there is one."""
        found = list(invariants.faults(at_rest=options["at_rest"]))
        for fault in found:
            self.stderr.write(f"{fault.invariant.ids}: {fault.invariant.rule}: {fault.row}")
        if found:
            raise CommandError(f"{len(found)} faults")
        return f"{len(invariants.ALWAYS)} invariants hold"
