from typing import Any

from django.core.management.base import BaseCommand

from artisans import districts


class Command(BaseCommand):
    help = "Load the 21 kecamatan of Lumajang"

    def handle(self, **options: Any) -> str:
        return f"{districts.load()} districts"
