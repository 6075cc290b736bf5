"""Addresses that nobody has yet."""

from collections.abc import Iterable

from django.utils.text import slugify


class Slugs:
    """Gives each name its own slug: `kain-batik`, then `kain-batik-2`."""

    def __init__(self, taken: Iterable[str], most: int) -> None:
        self._taken = set(taken)
        self._room = most - len("-99999")

    def free(self, name: str) -> str:
        base = slugify(name)[: self._room].strip("-") or "x"
        slug, number = base, 1
        while slug in self._taken:
            number += 1
            slug = f"{base}-{number}"
        self._taken.add(slug)
        return slug
