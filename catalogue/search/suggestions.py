"""What may be meant while a reader is still typing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from catalogue.labels import Label
from catalogue.models import Product
from catalogue.search import words
from catalogue.version import Version

MOST = 8
MOST_LABELS = 4
SHORTEST = 2

KINDS = {  # in the order in which they are offered
    "craft": gettext_lazy("Craft"),
    "category": gettext_lazy("Category"),
    "motif": gettext_lazy("Motif"),
    "artisan": gettext_lazy("Maker"),
    "technique": gettext_lazy("Technique"),
    "material": gettext_lazy("Material"),
    "district": gettext_lazy("District"),
}
PAGES = {
    "artisan": "artisan",
    "district": "district",
    "motif": "motif",
}  # kinds with a page of their own


@dataclass(frozen=True, slots=True)
class Suggestion:
    label: str
    kind: str
    url: str


def suggest(text: str, version: Version) -> list[Suggestion]:
    """Return at most 8 places to go: first the catalogue's own words, then works; one query."""
    typed = words.tokens(text)
    if len("".join(typed)) < SHORTEST:
        return []
    shown = list(islice(_labels(typed, version), MOST_LABELS))
    works = (
        Product.objects.published().best_matching(_prefixed(typed)).only("slug", "name", "name_en")
    )
    return shown + [
        Suggestion(work.tr("name"), _("Work"), work.get_absolute_url())
        for work in works[: MOST - len(shown)]
    ]


def _labels(typed: list[str], version: Version) -> Iterator[Suggestion]:
    known = labels.load(version)
    for kind, name in KINDS.items():
        for label in known.of(kind).values():
            if _begins(label, typed):
                yield Suggestion(label.tr("name"), str(name), _url(kind, label.slug))


def _begins(label: Label, typed: list[str]) -> bool:
    """Every word typed stands in the name; the last may be unfinished."""
    *whole, last = typed
    spoken = [*words.tokens(label.name), *words.tokens(label.name_en)]
    return set(whole) <= set(spoken) and any(word.startswith(last) for word in spoken)


def _url(kind: str, slug: str) -> str:
    if kind in PAGES:
        return reverse(PAGES[kind], args=[slug])
    return f"{reverse('product_list')}?{kind}={slug}"


def _prefixed(typed: list[str]) -> str:
    *whole, last = typed
    asked: list[Any] = [words.stem(word) for word in whole if word not in words.STOP]
    endings = sorted({last, words.stem(last)})
    return " & ".join([*asked, "(" + " | ".join(f"{word}:*" for word in endings) + ")"])
