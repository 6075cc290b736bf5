"""Jobs of the catalogue: thin wrappers around acts."""

from django.apps import apps
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from catalogue import share_card, version
from catalogue.search import index, misses
from lumajang_crafts.lib import stray_files
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


@app.task(name="count_search_words", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def count_search_words() -> None:
    index.count_words()


@app.task(name="update_search_of", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def update_search_of(path: str, pk: int) -> None:
    """Write anew the works that a renamed maker, place or word of the craft stands in."""
    index.update_related(path, pk)


@app.periodic(cron="17 3 * * *")
@app.task(name="rebuild_search", queueing_lock="rebuild_search")
def rebuild_search(timestamp: int) -> None:
    """Once a night write every document anew and forget searches that nobody repeats."""
    index.rebuild()
    misses.forget_old()


@app.periodic(cron="*/20 * * * *")
@app.task(name="fold_version", queueing_lock="fold_version")
def fold_version(timestamp: int) -> None:
    version.fold()


@app.periodic(cron="40 3 * * *")
@app.task(name="sweep_stray_files", queueing_lock="sweep_stray_files")
def sweep_stray_files(timestamp: int) -> None:
    """Delete files of pictures that no row names."""
    stray_files.sweep()


@app.task(name="make_share_image", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def make_share_image(product_id: int) -> None:
    share_card.draw(product_id)
