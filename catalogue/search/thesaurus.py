"""Synonyms on the query's side: each thing asked for becomes its alternatives."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from catalogue.models import Synonym
from catalogue.search import words
from catalogue.version import Version

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: what was typed, and every phrase of stems that answers it."""

    typed: str
    phrases: frozenset[Phrase]

    def as_tsquery(self) -> str:
        """Write it for to_tsquery; stems are [a-z0-9]+, so nothing needs quoting."""
        return "(" + " | ".join(" <-> ".join(phrase) for phrase in sorted(self.phrases)) + ")"


class Thesaurus:
    """`words` are the right spellings: what a typing error may have meant."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        """Read (word, equals, leads_here) rows; the two lists are separated by commas."""
        self._answers: dict[Phrase, set[Phrase]] = defaultdict(set)
        for word, equals, leads_here in rows:
            same = {_phrase(text) for text in [word, *equals.split(",")]} - {()}
            for asked in same | ({_phrase(text) for text in leads_here.split(",")} - {()}):
                self._answers[asked] |= same
        self.words = frozenset(
            token
            for row in rows
            for token in words.tokens(" , ".join(row[:2]))
            if token not in words.STOP
        )
        self._longest = max(map(len, self._answers), default=1)

    def terms(self, tokens: list[str]) -> list[Term]:
        """Group tokens into terms, the longest known phrase first."""
        stems = [words.stem(token) for token in tokens]
        found: list[Term] = []
        at = 0
        while at < len(stems):
            size = self._match(stems, at)
            phrase = tuple(stems[at : at + size])
            typed = " ".join(tokens[at : at + size])
            found.append(Term(typed, frozenset({phrase, *self._answers.get(phrase, ())})))
            at += size
        return found

    def _match(self, stems: list[str], at: int) -> int:
        for size in range(min(self._longest, len(stems) - at), 1, -1):
            if tuple(stems[at : at + size]) in self._answers:
                return size
        return 1


@lru_cache(maxsize=2)
def load(version: Version) -> Thesaurus:
    """Read the table once for each version of the catalogue; its triggers raise the version."""
    return Thesaurus(list(Synonym.objects.values_list("word", "equals", "leads_here")))


def _phrase(text: str) -> Phrase:
    return tuple(words.stem(token) for token in words.tokens(text))
