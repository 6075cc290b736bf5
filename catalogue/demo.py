"""The demo: invented workshops and works, read from catalogue/demo_data.

Everything in it is labelled as a sample. Days in the files count from today, so
that the newest works stay new and certificates stay valid.
"""

import csv
import datetime
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts import documents, groups, regions
from artisans import districts
from artisans.models import Artisan, Certificate, District
from catalogue import demo_people, listing, stock, vocabulary
from catalogue.models import (
    Announcement,
    Category,
    Collection,
    CollectionItem,
    Material,
    Motif,
    Photo,
    PriceTier,
    Product,
    ProductMaterial,
    StockMovement,
    Story,
    Technique,
    Variant,
)
from catalogue.search import index
from lumajang_crafts.lib.pictured import Pictured

Row = TypeVar("Row", bound=Model)

FOLDER = Path(__file__).parent / "demo_data"
MOMENTS = {"published", "starts", "ends"}
FIRST_PAGE = 1_000  # job priority: newer works are encoded first


def is_catalogue_empty() -> bool:
    return not Product.objects.exists()


@transaction.atomic
def load() -> int:
    """Load reference rows, people and works; return the number of works.

    A workshop that is already there is left alone, so it is safe to repeat.
    """
    regions.load()
    districts.load()
    groups.sync()
    documents.load()
    vocabulary.load()
    _motif_pictures()
    for path in sorted((FOLDER / "workshops").glob("*.toml")):
        _workshop(vocabulary.read(path))
    for row in vocabulary.read(FOLDER / "stories.toml")["story"]:
        _story(row)
    for row in vocabulary.read(FOLDER / "collections.toml")["collection"]:
        _collection(row)
    index.count_words()
    for row in vocabulary.read(FOLDER / "announcements.toml")["announcement"]:
        _announcement(row)
    demo_people.load()
    return Product.objects.count()


def _workshop(data: dict[str, Any]) -> None:
    row = data["workshop"]
    if Artisan.objects.filter(slug=row["slug"]).exists():
        return
    portrait = row.pop("portrait")
    row["district"] = District.objects.get(code=row["district"])
    artisan = Artisan(
        **_dated(row, "closed_from", "closed_until"),
        status=Artisan.Status.PUBLISHED,
        joined_on=timezone.localdate(),
        is_sample=True,
    )
    _illustrate(artisan, portrait)
    for certificate in data.get("certificate", []):
        Certificate.objects.create(
            artisan=artisan,
            verified_at=timezone.now(),
            **_dated(certificate, "valid_from", "valid_until"),
        )
    for product in data["product"]:
        _product(artisan, product)


def _product(artisan: Artisan, row: dict[str, Any]) -> None:
    variants, materials = row.pop("variant"), row.pop("material")
    photos, techniques = row.pop("photos"), row.pop("techniques")
    motifs, published_days = row.pop("motifs", []), row.pop("published_days", None)
    category = Category.objects.get(slug=row.pop("category"))
    product = Product.objects.create(artisan=artisan, category=category, **row)
    product.techniques.set(_by_slug(Technique, techniques))
    product.motifs.set(_by_slug(Motif, motifs))
    for part in materials:
        material = _by_slug(Material, [part["slug"]])[0]
        ProductMaterial.objects.create(product=product, material=material, share=part.get("share"))
    for position, variant in enumerate(variants):
        _variant(product, position, variant)
    priority = FIRST_PAGE + (published_days or -FIRST_PAGE)
    for position, file in enumerate(photos):
        _illustrate(Photo(product=product, position=position), file, priority - 100 * position)
    if published_days is not None:
        product.published_at = timezone.now() + datetime.timedelta(days=published_days)
        product.save(update_fields=["published_at"])
        listing.publish(product.pk)


def _variant(product: Product, position: int, row: dict[str, Any]) -> None:
    pieces, sold, tiers = row.pop("stock", 0), row.pop("sold", 0), row.pop("wholesale", [])
    variant = Variant.objects.create(product=product, position=position, **row)
    PriceTier.objects.bulk_create(PriceTier(variant=variant, **tier) for tier in tiers)
    if pieces:
        stock.move(variant.pk, pieces, StockMovement.Reason.RECEIVED)
    if sold:
        stock.move(variant.pk, -sold, StockMovement.Reason.SOLD)


def _story(row: dict[str, Any]) -> None:
    if Story.objects.filter(slug=row["slug"]).exists():
        return
    picture = row.pop("picture")
    row["artisan"] = Artisan.objects.filter(slug=row.get("artisan")).first()
    _illustrate(Story(**_dated(row, "published")), picture)


def _collection(row: dict[str, Any]) -> None:
    if Collection.objects.filter(slug=row["slug"]).exists():
        return
    picture, slugs = row.pop("picture"), row.pop("products")
    collection = Collection(**_dated(row, "published"))
    _illustrate(collection, picture)
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, product=product, position=position)
        for position, product in enumerate(_by_slug(Product, slugs))
    )


def _announcement(row: dict[str, Any]) -> None:
    if not Announcement.objects.filter(text=row["text"]).exists():
        Announcement.objects.create(**_dated(row, "starts", "ends"))


def _motif_pictures() -> None:
    for row in vocabulary.read(vocabulary.FOLDER / "motifs.toml")["motif"]:
        motif = Motif.objects.get(slug=row["slug"])
        if "picture" in row and not motif.picture:
            _illustrate(motif, row["picture"])


def _illustrate(row: Pictured, file: str, priority: int = 0) -> None:
    """Give the row one of the demo's own drawings, with its words in both languages."""
    if not row.picture_alt:
        row.picture_alt, row.picture_alt_en = _words()[file]
    with (FOLDER / "pictures" / file).open("rb") as master:
        row.keep_picture(File(master), priority=priority)


@cache
def _words() -> dict[str, tuple[str, str]]:
    with (FOLDER / "pictures.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: (row["alt"], row["alt_en"]) for row in csv.DictReader(file)}


def _dated(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Turn "x_days = 7" into a date (or, for those in MOMENTS, a time) counted from today."""
    dated = dict(row)
    for name in names:
        days = dated.pop(f"{name}_days", None)
        if days is None:
            continue
        ahead = datetime.timedelta(days=days)
        if name in MOMENTS:
            dated[f"{name}_at"] = timezone.now() + ahead
        else:
            dated[name] = timezone.localdate() + ahead
    return dated


def _by_slug(model: type[Row], slugs: Iterable[str]) -> list[Row]:
    """Return the rows in the order of the slugs; a wrong slug raises KeyError."""
    rows = model._default_manager.filter(slug__in=slugs)  # noqa: SLF001  Django's documented name
    found = {getattr(row, "slug"): row for row in rows}  # noqa: B009  not every model has one
    return [found[slug] for slug in slugs]
