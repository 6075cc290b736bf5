from typing import Any

from django.core.management.base import BaseCommand

from accounts import groups


class Command(BaseCommand):
    help = "Give each staff group exactly its permissions"

    def handle(self, **options: Any) -> str:
        groups.sync()
        return f"{len(groups.GROUPS)} groups"
