"""The plain way our long texts are written: paragraphs, "## " headings, "- " lists.

Anything else is shown as it was typed. Every character is escaped, so an editor
cannot put HTML into a page.
"""

from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

HEADING, ITEM = "## ", "- "


def to_html(text: str) -> SafeString:
    """Return the text as HTML; its headings are h2 and carry the ids of `headings`."""
    return mark_safe("\n".join(_blocks(text)))  # noqa: S308  every block is escaped


def headings(text: str) -> list[tuple[str, str]]:
    """Return (id, words) of each heading: what a table of contents links to."""
    found = (line.removeprefix(HEADING) for line in _lines(text) if line.startswith(HEADING))
    return [(_identity(words), words) for words in found]


def _blocks(text: str) -> Iterator[SafeString]:
    for kind, lines in groupby(_lines(text), key=_kind):
        if kind == HEADING:
            for words in (line.removeprefix(HEADING) for line in lines):
                yield format_html('<h2 id="{}">{}</h2>', _identity(words), words)
        elif kind == ITEM:
            items = ((line.removeprefix(ITEM),) for line in lines)
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
        elif kind:
            yield format_html("<p>{}</p>", " ".join(lines))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _kind(line: str) -> str:
    """Say what a line belongs to; an empty one belongs to nothing and parts paragraphs."""
    marks = (mark for mark in (HEADING, ITEM) if line.startswith(mark))
    return next(marks, "paragraph" if line else "")


def _identity(words: str) -> str:
    """Never the id of something else on the page, such as "content"."""
    return f"s-{slugify(words)}"
