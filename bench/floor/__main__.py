"""Make the table and its rows: python -m bench.floor ROWS."""

import datetime
import os
import sys

import django
from django.db import connection
from django.utils import timezone


def main(count: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    django.setup()
    from bench.floor.models import Row  # noqa: PLC0415  models need the settings

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    now = timezone.now()
    Row.objects.bulk_create(
        (
            Row(
                name=f"Kain batik tulis Pisang Agung nomor {number}",
                slug=f"kain-batik-tulis-pisang-agung-nomor-{number}",
                maker=f"Sanggar Kenanga {number % 500}",
                price=100_000 + number,
                published_at=now - datetime.timedelta(minutes=number),
            )
            for number in range(count)
        ),
        batch_size=1_000,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
