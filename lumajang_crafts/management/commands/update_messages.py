from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lumajang_crafts.lib import messages


class Command(BaseCommand):
    help = "Collect messages into locale/id and list those without a translation"
    requires_system_checks = []

    def handle(self, **options: Any) -> str:
        missing = messages.untranslated(messages.update(settings.BASE_DIR))
        return "\n".join([*missing, f"{len(missing)} without a translation"])
