"""Static files: one stylesheet from many, then a name that changes with the content."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[a-z]+)\);')
URL = re.compile(r'url\("?(?P<path>[^")]+)"?\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Put the files that main.css lists into main.css itself.

    Thirty small requests cost a phone seconds; the list stays the source.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if "css/main.css" in paths and not dry_run:
            self._bundle("css/main.css")
            paths = {**paths, "css/main.css": (self, "css/main.css")}  # not the source
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundle(self, name: str) -> None:
        with self.open(name) as file:
            contents = file.read().decode()
        bundled = IMPORT.sub(lambda found: self._layer(name, found), contents)
        self.delete(name)
        self._save(name, ContentFile(bundled.encode()))

    def _layer(self, name: str, found: re.Match[str]) -> str:
        folder = posixpath.dirname(name)
        part = posixpath.normpath(posixpath.join(folder, found["path"]))
        with self.open(part) as file:
            css = COMMENT.sub("", file.read().decode())

        def from_here(link: re.Match[str]) -> str:
            if link["path"].startswith(("data:", "/", "#")):
                return link[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(part), link["path"]))
            return f'url("{posixpath.relpath(target, folder)}")'

        return f"@layer {found['layer']} {{\n{URL.sub(from_here, css).strip()}\n}}"
