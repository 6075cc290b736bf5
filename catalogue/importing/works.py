"""Entries to works: which rows are one product, and which product of the catalogue that is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.importing.fields import WORK
from catalogue.importing.rows import Entry
from catalogue.importing.spelling import plain
from catalogue.models import Product, Variant

WORK_KEYS = {key for entry in WORK for key in (entry.key, f"{entry.key}_en")}
Name = tuple[str, str]  # maker and product, in plain letters


@dataclass(slots=True)
class Work:
    """The rows of one product. `product` is the catalogue's own, when it has it."""

    entries: list[Entry]
    product: Product | None = None
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Entry] = field(default_factory=dict)

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def is_sound(self) -> bool:
        return not any(entry.broken for entry in self.entries)

    @property
    def names_photos(self) -> bool:
        return any("photos" in entry.values for entry in self.entries)

    def source(self, key: str) -> Entry:
        """Return the row that said it, else the first."""
        return self.sources.get(key, self.first)

    def demand(self, keys: Iterable[str]) -> None:
        said = {broken for entry in self.entries for broken in entry.broken}
        self.first.demand([key for key in keys if key not in self.values and key not in said])


class Shelf:
    """The products of the catalogue by SKU and by name, loaded once a file."""

    def __init__(self, skus: Iterable[str]) -> None:
        wanted = {sku.casefold() for sku in skus}
        listed = Variant.objects.values_list("sku", "product_id")
        self.by_sku = {
            sku.casefold(): product for sku, product in listed if sku.casefold() in wanted
        }
        self.by_name: dict[Name, int] = {}
        self.slugs: set[str] = set()
        rows = Product.objects.order_by("-pk").values_list("pk", "artisan__name", "name", "slug")
        for pk, maker, name, slug in rows:
            self.by_name[plain(maker), plain(name)] = pk
            self.slugs.add(slug)

    def load(self, pks: Iterable[int]) -> dict[int, Product]:
        """Return the products with all that a comparison needs."""
        return (
            Product.objects.select_related("artisan", "category")
            .prefetch_related("variants", "techniques", "motifs", "composition", "photos")
            .in_bulk(set(pks))
        )


def group(entries: Sequence[Entry], shelf: Shelf) -> list[Work]:
    """Return one work a product, in the order of the file.

    A row goes on with the work above when it names no product and its SKU is
    new; rows of the same maker and name are one work wherever they stand.
    """
    _refuse_repeated_skus(entries)
    works = list(_grouped(entries, shelf))
    pks = [_product_pk(work, shelf) for work in works]
    products = shelf.load(pk for pk in pks if pk is not None)
    for work, pk in zip(works, pks, strict=True):
        work.product = products.get(pk) if pk is not None else None
        _gather(work)
    return works


def _grouped(entries: Sequence[Entry], shelf: Shelf) -> Iterator[Work]:
    works: dict[Name | int, Work] = {}
    above: Work | None = None
    for entry in entries:
        place = _place(entry, above, shelf)
        if place is None and above is None:
            entry.refuse("name", _("This row names no product, and none stands above it."))
            continue
        if place is not None:
            above = works.setdefault(place, Work([]))
        if above is not None:
            above.entries.append(entry)
    yield from works.values()


def _place(entry: Entry, above: Work | None, shelf: Shelf) -> Name | int | None:
    """Return what identifies the row's product, or None when it is that of the row above."""
    owner = shelf.by_sku.get(entry.values.get("sku", "").casefold())
    name, maker = entry.values.get("name", ""), entry.values.get("maker", "")
    if not name and "name" not in entry.broken:
        return owner
    if above is not None and _repeats(above, name, maker):
        return owner if owner != _product_pk(above, shelf) else None
    if not name or not maker:
        return owner or ("", f"#{entry.line}")
    key = (plain(maker), plain(name))
    return owner or shelf.by_name.get(key) or key


def _repeats(above: Work, name: str, maker: str) -> bool:
    """Tell whether the row names the product above; its maker may be left out."""
    said = above.first.values
    is_maker = not maker or plain(maker) == plain(said.get("maker", ""))
    return bool(name) and plain(name) == plain(said.get("name", "")) and is_maker


def _product_pk(work: Work, shelf: Shelf) -> int | None:
    """Match by SKU, else by maker and name."""
    owners = {
        shelf.by_sku[sku]: entry
        for entry in work.entries
        if (sku := entry.values.get("sku", "").casefold()) in shelf.by_sku
    }
    if len(owners) > 1:
        *_first, stranger = owners.values()
        stranger.refuse("sku", _("This SKU belongs to another product of the catalogue."))
    values = work.first.values
    named = shelf.by_name.get((plain(values.get("maker", "")), plain(values.get("name", ""))))
    return next(iter(owners), None) or named


def _gather(work: Work) -> None:
    """Collect what the rows say of the product; two rows may not contradict each other."""
    for entry in work.entries:
        for key, value in entry.values.items():
            if key not in WORK_KEYS:
                continue
            if key not in work.values:
                work.values[key], work.sources[key] = value, entry
            elif work.values[key] != value and not _is_same_word(work.values[key], value):
                entry.refuse(
                    key,
                    _("Line %d says something else of the same product.") % work.sources[key].line,
                    _("Leave the cell empty, or give the product a name of its own."),
                )


def _is_same_word(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and plain(one) == plain(other)


def _refuse_repeated_skus(entries: Sequence[Entry]) -> None:
    lines: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if sku := entry.values.get("sku"):
            lines[sku.casefold()].append(entry)
    for repeated in lines.values():
        for entry in repeated[1:]:
            entry.refuse(
                "sku",
                _("Line %d has the same SKU.") % repeated[0].line,
                _("Give every variant a SKU of its own."),
            )
