"""The catalogue's own words and makers, found by name, English name or slug."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from artisans.models import Artisan, District
from catalogue.importing.report import Unclear
from catalogue.importing.spelling import nearest, plain
from catalogue.models import Category, Material, Motif, Technique

Found = TypeVar("Found", bound=Model)


class Lexicon(Generic[Found]):
    """Rows of one kind under each of their spellings."""

    def __init__(self, rows: Iterable[Found] = ()) -> None:
        self._known: dict[str, set[Found]] = defaultdict(set)
        self._names: dict[str, str] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Found) -> None:
        name = str(row)
        spellings = [name, getattr(row, "name_en", ""), getattr(row, "slug", "")]
        for spelling in filter(None, spellings):
            self.add_spelling(spelling, row)

    def add_spelling(self, spelling: str, row: Found) -> None:
        self._known[plain(spelling)].add(row)
        self._names.setdefault(plain(spelling), spelling)

    def get(self, text: str) -> Found | None:
        """Return the only row of that spelling, or None."""
        rows = self._known.get(plain(text), set())
        return next(iter(rows)) if len(rows) == 1 else None

    def is_ambiguous(self, text: str) -> bool:
        return len(self._known.get(plain(text), set())) > 1

    def nearest(self, text: str) -> str:
        return nearest(text, self._names.values())

    def find(self, text: str, unknown: str) -> Found:
        """Return the row; raises Unclear with the nearest spelling."""
        row = self.get(text)
        if row is not None:
            return row
        near = self.nearest(text)
        raise Unclear(
            unknown % text,
            _("Did you mean “%s”?") % near
            if near
            else _("Choose one from the template's sheet of choices, or ask the desk to add it."),
        )


class Categories(Lexicon[Category]):
    """Categories under their own names and as "Craft > Category"; a craft is no category."""

    def add(self, row: Category) -> None:
        super().add(row)
        if row.parent:
            self.add_spelling(f"{row.parent.name} > {row.name}", row)
            self.add_spelling(f"{row.parent.name_en} > {row.name_en}", row)

    def find(self, text: str, unknown: str) -> Category:
        if self.is_ambiguous(text):
            raise Unclear(
                _("Several categories are called “%s”.") % text,
                _("Write the craft before it, like “Wood > Bowls”."),
            )
        row = super().find(text, unknown)
        if row.parent is None:
            inside = ", ".join(category.tr("name") for category in row.children.all())
            raise Unclear(
                _("“%s” is a craft, not a category.") % text, _("Choose one: %s.") % inside
            )
        return row


@dataclass(slots=True)
class Words:
    """Everything a row may name, loaded once a file."""

    categories: Categories
    techniques: Lexicon[Technique]
    materials: Lexicon[Material]
    motifs: Lexicon[Motif]
    districts: Lexicon[District]
    makers: Lexicon[Artisan]

    @classmethod
    def load(cls) -> "Words":
        crafts = Category.objects.select_related("parent").prefetch_related("children")
        makers = Artisan.objects.only("name", "slug", "status")
        return cls(
            Categories(crafts),
            Lexicon(Technique.objects.all()),
            Lexicon(Material.objects.all()),
            Lexicon(Motif.objects.all()),
            Lexicon(District.objects.all()),
            Lexicon(makers),
        )
