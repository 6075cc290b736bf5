"""Jobs of the catalogue: thin wrappers around acts."""

from django.apps import apps
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from catalogue import share_card
from lumajang_crafts.lib.pictured import Pictured


@app.task(
    name="make_picture_variants",
    retry=RetryStrategy(max_attempts=5, exponential_wait=5),
)
def make_picture_variants(model: str, pk: int) -> None:
    """Encode the variants of one picture; a row that is gone needs none."""
    row = apps.get_model(model)._default_manager.filter(pk=pk).first()  # noqa: SLF001  Django's documented name
    if isinstance(row, Pictured):
        row.make_variants()


@app.task(name="make_share_image", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def make_share_image(product_id: int) -> None:
    share_card.draw(product_id)
