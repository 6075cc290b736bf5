from typing import Any

from django.core.management.base import BaseCommand

from accounts import documents


class Command(BaseCommand):
    help = "Publish the versions of the privacy notice and the terms that are not there yet"

    def handle(self, **options: Any) -> str:
        return f"{documents.load()} documents"
