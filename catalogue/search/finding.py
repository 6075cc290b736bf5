"""From a reader's words to a text query that finds something, where anything can be found."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from catalogue import labels
from catalogue.models import Product, SearchDocument
from catalogue.search import corrections, thesaurus, words
from catalogue.search.query import Question, understand
from catalogue.search.thesaurus import Term, Thesaurus
from catalogue.version import Version

KNOWN = """
SELECT EXISTS (
    SELECT 1
      FROM catalogue_searchdocument document
      JOIN catalogue_product product ON product.id = document.product_id
      JOIN artisans_artisan artisan ON artisan.id = product.artisan_id
     WHERE document.vector @@ to_tsquery('simple', asked)
       AND (product.status, artisan.status) = ('published', 'published')
) FROM unnest(%s::text[]) WITH ORDINALITY AS term (asked, place) ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The question as it is put to the index.

    `tsquery` is empty where words set no limit. `meant` is the text searched for in
    place of the one that was typed, `left_out` are words that no work knows.
    """

    question: Question
    tsquery: str = ""
    meant: str = ""
    left_out: tuple[str, ...] = ()
    is_empty: bool = False

    @property
    def is_narrowed(self) -> bool:
        """The wording said a price or a place."""
        asked = self.question
        return bool(asked.district or asked.price_min or asked.price_max)

    @property
    def near(self) -> str:
        """A query for works that have at least one of the things asked for."""
        return self.question.as_tsquery(" | ")


def find(text: str, version: Version) -> Found:
    return _find(" ".join(text.split()), version)


@lru_cache(maxsize=512)
def _find(text: str, version: Version) -> Found:
    """Ask as typed; if that finds nothing, mend what no work knows and ask again."""
    synonyms = thesaurus.load(version)
    question = _understand(text, synonyms, version)
    found = Found(question, question.as_tsquery())
    if not question.terms or _finds(found.tsquery):
        return found
    mended = _mended(question, synonyms, version)
    if mended is not None and (not mended.tsquery or _finds(mended.tsquery)):
        return mended
    if all(term.typed in words.GENERAL for term in question.terms):
        return Found(replace(question, terms=()))  # "kerajinan" alone: all of it is
    return replace(found, is_empty=True)


def _understand(text: str, synonyms: Thesaurus, version: Version) -> Question:
    districts = {
        "".join(words.tokens(label.name)): slug
        for slug, label in labels.load(version).of("district").items()
        if slug != "lumajang"  # the town has the name of the whole regency
    }
    return understand(text, synonyms, districts)


def _mended(question: Question, synonyms: Thesaurus, version: Version) -> Found | None:
    """Correct or leave out the terms that no work knows; None if nothing is left."""
    known = _known(question.terms)
    unknown = [
        term.typed for term, is_known in zip(question.terms, known, strict=True) if not is_known
    ]
    better = corrections.correct(unknown, synonyms.words)
    spoken = [better.get(term.typed, term.typed) for term in question.terms]
    meant = _understand(" ".join(spoken), synonyms, version)
    known = _known(meant.terms)
    kept = tuple(term for term, is_known in zip(meant.terms, known, strict=True) if is_known)
    if not kept:
        return None
    left_out = tuple(term.typed for term in meant.terms if term not in kept)
    mended = replace(question, terms=kept, sort=question.sort or meant.sort)
    said = " ".join(term.typed for term in kept) if better else ""
    return Found(mended, mended.as_tsquery(), said, left_out)


def _known(terms: tuple[Term, ...]) -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[term.as_tsquery() for term in terms]])
        return [is_known for (is_known,) in cursor.fetchall()]


def _finds(tsquery: str) -> bool:
    asked = SearchQuery(tsquery, config="simple", search_type="raw")
    documents = SearchDocument.objects.filter(vector=asked)
    return Product.objects.published().filter(document__in=documents).exists()
