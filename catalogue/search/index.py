"""Writing works into the search: one document each, and the words that corrections offer."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from catalogue.models import Product, SearchDocument
from catalogue.search import words
from lumajang_crafts.lib import jobs

BATCH = 500
SHORTEST_WORD, LONGEST_WORD = 3, 40

# One statement a batch: each statement raises the catalogue's version once.
SAVE = """
INSERT INTO catalogue_searchdocument (product_id, vector, words)
SELECT product,
       setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', facts), 'B') ||
       setweight(to_tsvector('simple', origin), 'C') || setweight(to_tsvector('simple', told), 'D'),
       string_to_array(spoken, ' ')
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
       AS row (product, names, facts, origin, told, spoken)
ON CONFLICT (product_id) DO UPDATE SET vector = excluded.vector, words = excluded.words
"""

COUNT_WORDS = """
WITH seen AS (
    SELECT word, count(*) AS uses
      FROM catalogue_searchdocument document
      JOIN catalogue_product product ON product.id = document.product_id
      JOIN artisans_artisan artisan ON artisan.id = product.artisan_id,
           unnest(document.words) AS word
     WHERE (product.status, artisan.status) = ('published', 'published')
     GROUP BY word
), gone AS (
    DELETE FROM catalogue_searchword WHERE word NOT IN (SELECT word FROM seen)
)
INSERT INTO catalogue_searchword (word, uses) SELECT word, uses FROM seen
ON CONFLICT (word) DO UPDATE SET uses = excluded.uses
WHERE catalogue_searchword.uses <> excluded.uses
"""


def update(products: Iterable[int]) -> None:
    """Write the documents of these products anew, whatever their status."""
    pks = [pk for pk in products if pk is not None]
    for start in range(0, len(pks), BATCH):
        rows = [_row(product) for product in _loaded(pks[start : start + BATCH])]
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            with connection.cursor() as cursor:
                cursor.execute(SAVE, columns)
    if pks:
        jobs.defer("count_search_words")


def update_related(path: str, pk: int) -> None:
    """Write anew the products that `path` ("artisan", "motifs", "artisan__district") leads to."""
    products = Product.objects.filter(**{path: pk}).distinct()
    update(products.values_list("pk", flat=True))


@transaction.atomic
def rebuild() -> int:
    """Write every document anew and count the words; return the number of documents."""
    update(Product.objects.order_by("pk").values_list("pk", flat=True))
    count_words()
    return SearchDocument.objects.count()


def count_words() -> None:
    """Count the words of what visitors may see, so that no correction betrays a draft."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS)


def _loaded(pks: list[int]) -> QuerySet[Product]:
    return (
        Product.objects.filter(pk__in=pks)
        .select_related("artisan__district", "category__parent")
        .prefetch_related("techniques", "materials", "motifs")
    )


def _row(product: Product) -> tuple[Any, ...]:
    names = [product.name, product.name_en]
    facts = [text for thing in _vocabulary(product) for text in (thing.name, thing.name_en)]
    artisan = product.artisan
    origin = [artisan.name, artisan.maker_name, artisan.village, artisan.district.name]
    told = [product.description, product.description_en]
    spoken = {
        word
        for text in [*names, *facts, *origin]
        for word in words.significant(text)
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and not word.isdigit()
    }
    texts = [" ".join(words.stems(" · ".join(part))) for part in (names, facts, origin, told)]
    return (product.pk, *texts, " ".join(sorted(spoken)))


def _vocabulary(product: Product) -> Iterator[Any]:
    if product.category.parent is not None:
        yield product.category.parent
    yield product.category
    yield from product.techniques.all()
    yield from product.materials.all()
    yield from product.motifs.all()
