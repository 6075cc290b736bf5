"""Typing errors: the word of the catalogue that an unknown word most likely is."""

from collections.abc import Iterable

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from catalogue.models import SearchWord
from catalogue.search import words

CANDIDATES = 12
MAX_ERRORS = ((3, 0), (5, 1), (8, 2), (40, 3))  # up to so many letters, so many errors


def correct(unknown: Iterable[str], others: Iterable[str]) -> dict[str, str]:
    """Map terms to their corrections, word by word; what has none is left out.

    Candidates are the words of published works and `others` (of the thesaurus). A
    word that only lost its beginning is another word: "ranjang" is no "keranjang".
    """
    known = set(others)
    better: dict[str, str] = {}
    for term in unknown:
        mended = [_nearest(word, known) for word in term.split()]
        if all(mended) and " ".join(map(str, mended)) != term:
            better[term] = " ".join(map(str, mended))
    return better


def _nearest(word: str, known: set[str]) -> str | None:
    if word in known:
        return word
    allowed = _allowed(word)
    if not allowed or words.RIGHT.intersection((word, words.stem(word))):
        return None
    counted = dict(_alike(word).values_list("word", "uses"))
    near = [
        (errors, -counted.get(other, 0), other)
        for other in {*counted, *known}
        if abs(len(other) - len(word)) <= allowed
        and not other.endswith(word)
        and (errors := distance(word, other)) <= allowed
    ]
    return min(near)[2] if near else None


def _alike(word: str) -> QuerySet[SearchWord]:
    """Words that share trigrams; the operator uses the index, at its default of 0.3."""
    similarity = TrigramSimilarity("word", word)
    return SearchWord.objects.filter(word__trigram_similar=word).order_by(similarity.desc())[
        :CANDIDATES
    ]


def _allowed(word: str) -> int:
    return next((errors for length, errors in MAX_ERRORS if len(word) <= length), 0)


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance: a swap of two neighbours is one error."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            cost = min(
                last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != against)
            )
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
