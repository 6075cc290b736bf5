from typing import Any

from django.core.management.base import BaseCommand

from orders import couriers_data


class Command(BaseCommand):
    help = "Load the first courier services, zones and rates, if there are none"

    def handle(self, **options: Any) -> str:
        return f"{couriers_data.load()} services"
