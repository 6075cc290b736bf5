"""Translations without GNU gettext: Babel reads, merges and compiles them."""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

LOCALE = "id"
SOURCES = ("lumajang_crafts", "accounts", "artisans", "catalogue", "orders", "templates")
STRING_OR_FILLER = re.compile(r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|\b([A-Z])\2*\b""")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def po_path(root: Path) -> Path:
    return root / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """Read a catalogue; the locale must be named, else Indonesian's one plural is lost."""
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def collect(root: Path) -> Catalog:
    """Return every message that stands in the sources."""
    found = Catalog(locale=LOCALE, fuzzy=False)
    for path in _files(root):
        source = path.read_text(encoding="utf-8")
        if path.suffix in {".html", ".txt"}:
            source = _calls(template.templatize(source))
        lines = io.BytesIO(source.encode())
        options = {"encoding": "utf-8"}
        for line, message, comments, context in extract(
            "python", lines, KEYWORDS, ["Translators:"], options
        ):
            found.add(
                message,
                locations=[(path.relative_to(root).as_posix(), line)],
                auto_comments=comments,
                context=context,
            )
    return found


def update(root: Path) -> Catalog:
    """Merge what the sources say into the .po file; kept translations stay."""
    path, found = po_path(root), collect(root)
    merged = read(path)
    merged.update(found, no_fuzzy_matching=True, update_creation_date=False)
    merged.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, merged, width=88, include_lineno=False, sort_output=True)
    return merged


def untranslated(catalog: Catalog) -> list[str]:
    """Return the messages that a reader of Indonesian would see in English."""
    return [str(message.id) for message in catalog if message.id and not _has_text(message.string)]


def compile_all(root: Path) -> int:
    """Write every .mo that is missing or older than its .po; return how many."""
    made = 0
    for po in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with mo.open("wb") as file:
            write_mo(file, read(po))
        made += 1
    return made


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((root / source).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _calls(templatized: str) -> str:
    """Keep the gettext calls of a template, line by line, as text that Python can read.

    Django fills what is no message with runs of one capital letter.
    """
    lines = (STRING_OR_FILLER.sub(r"\1", line).strip() for line in templatized.splitlines())
    return "\n".join(lines)


def _has_text(string: str | Sequence[str] | None) -> bool:
    return bool(string) if isinstance(string, str) else all(string or [""])
