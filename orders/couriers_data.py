"""The first courier services, their zones and their rates, as orders/data/couriers.toml holds them."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from catalogue.models import Category
from orders.models import CourierService, Rate, Zone

PATH = Path(__file__).parent / "data" / "couriers.toml"


@transaction.atomic
def load(path: Path = PATH) -> int:
    """Fill the tables where no service is yet; return how many were added.

    Once there is one, staff keep the tables and nothing is touched. Raises
    Category.DoesNotExist when goods that a courier refuses are no category yet.
    """
    if CourierService.objects.exists():
        return 0
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    zones = {row["code"]: _zone(row) for row in told["zone"]}
    for position, row in enumerate(told["service"]):
        service = _service(row, position)
        Rate.objects.bulk_create(
            Rate(service=service, zone=zones[rate.pop("zone")], **rate)
            for rate in told["rates"].get(service.code, [])
        )
    return len(told["service"])


def _zone(row: dict[str, Any]) -> Zone:
    areas = row.pop("places")
    return Zone.objects.get_or_create(code=row["code"], defaults={**row, "areas": areas})[0]


def _service(row: dict[str, Any], position: int) -> CourierService:
    excluded = [Category.objects.get(slug=slug) for slug in row.pop("excluded")]
    service = CourierService.objects.create(**row, position=position)
    service.excluded.set(excluded)
    return service
