from typing import Any

from django.core.management.base import BaseCommand

from catalogue.search import index


class Command(BaseCommand):
    help = "Write the search document of every product anew; safe at any time"

    def handle(self, **options: Any) -> str:
        return f"{index.rebuild()} products can be found"
