from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lumajang_crafts.lib import messages


class Command(BaseCommand):
    help = "Compile the translations that changed"
    requires_system_checks = []

    def handle(self, **options: Any) -> str:
        return f"{messages.compile_all(settings.BASE_DIR)} compiled"
