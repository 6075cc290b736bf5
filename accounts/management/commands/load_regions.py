from typing import Any

from django.core.management.base import BaseCommand

from accounts import regions


class Command(BaseCommand):
    help = "Load the provinces, regencies and districts of Indonesia"

    def handle(self, **options: Any) -> str:
        return f"{regions.load()} regions"
