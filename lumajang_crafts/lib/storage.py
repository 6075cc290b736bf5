"""Static files: one stylesheet from many, then a name that changes with the content."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MAIN = "css/main.css"
Paths = dict[str, tuple[Storage, str]]
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[a-z]+)\);')
URL = re.compile(r'url\("?(?P<path>[^")]+)"?\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Put the files that main.css lists into main.css itself.

    Thirty small requests cost a phone seconds; the list stays the source.
    """

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if MAIN in paths and not dry_run:
            bundled = self._bundle(paths)
            self.delete(MAIN)
            self._save(MAIN, ContentFile(bundled.encode()))
            paths = {**paths, MAIN: (self, MAIN)}  # not the source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle(self, paths: Paths) -> str:
        """Read the sources: what was collected before is the last run's bundle."""
        return IMPORT.sub(lambda found: self._layer(paths, found), _source(paths, MAIN))

    def _layer(self, paths: Paths, found: re.Match[str]) -> str:
        folder = posixpath.dirname(MAIN)
        part = posixpath.normpath(posixpath.join(folder, found["path"]))
        css = COMMENT.sub("", _source(paths, part))

        def from_here(link: re.Match[str]) -> str:
            if link["path"].startswith(("data:", "/", "#")):
                return link[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(part), link["path"]))
            return f'url("{posixpath.relpath(target, folder)}")'

        return f"@layer {found['layer']} {{\n{URL.sub(from_here, css).strip()}\n}}"


def _source(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        text: str = file.read().decode()
    return text
