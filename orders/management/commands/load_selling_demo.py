from typing import Any

from django.core.management.base import BaseCommand

from orders import demo_selling


class Command(BaseCommand):
    help = "Load what the demo needs to sell: sample couriers, a sample account and QRIS code"

    def handle(self, **options: Any) -> str:
        return f"{demo_selling.load()} places that receive money"
