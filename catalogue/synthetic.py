"""A made-up catalogue of any size, for measuring and for trying pages with many works.

Works are put together from catalogue/synthetic_data so that shelf, technique,
material, motif and price fit. The same seed gives the same works. Rows are
written in bulk, so what the acts would do (prices, ledger) is done here too; in
the end every rule of theirs holds. Workshops are marked as samples.
"""

import datetime
import math
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from artisans.models import Artisan, Certificate, District
from catalogue import synthetic_drawings, vocabulary
from catalogue.models import (
    Category,
    Material,
    Motif,
    Photo,
    Product,
    ProductMaterial,
    StockMovement,
    Technique,
    Variant,
)
from catalogue.search import index

FOLDER = Path(__file__).parent / "synthetic_data"
BATCH = 1_000  # works held in memory
WORKS_A_MAKER = 40
FEWEST_MAKERS = 12
DAYS = 730  # works were published over two years
CRAFTS = {"batik": 40, "anyaman": 30, "kayu": 20, "perak": 10}  # of a hundred workshops
VOCABULARY: tuple[type[models.Model], ...] = (Category, Technique, Material)
DRAFTS, SOLD_OUT, UNIQUE, TO_ORDER, ENGLISH = 0.10, 0.05, 0.06, 0.08, 0.80


@transaction.atomic
def load(count: int, seed: int, *, with_pictures: bool = False) -> int:
    """Add `count` works and the workshops that make them; return how many.

    Categories, words and districts must be there. With pictures, works share
    the demo's drawings: deleting one work's photo takes it from all.
    """
    maker = Maker(Random(seed), with_pictures)  # noqa: S311  nothing secret
    artisans = maker.workshops(max(FEWEST_MAKERS, round(count / WORKS_A_MAKER)))
    first = (Product.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        works = maker.works([(number, artisans[number % len(artisans)]) for number in numbers])
        index.update(work.pk for work in works)
    index.count_words()
    return count


class Maker:
    """Holds the words and the rows that works are put together from."""

    def __init__(self, random: Random, with_pictures: bool) -> None:
        self.random = random
        self.words = vocabulary.read(FOLDER / "words.toml")
        self.rows = {model: _by_slug(model) for model in VOCABULARY}
        self.motifs = list(Motif.objects.filter(is_restricted=False).order_by("slug"))
        self.shelves: dict[str, list[dict[str, Any]]] = {craft: [] for craft in CRAFTS}
        for shelf in vocabulary.read(FOLDER / "shelves.toml")["shelf"]:
            craft = self.rows[Category][shelf["slug"]].parent.slug
            shelf["photos"] = synthetic_drawings.stored(shelf["pictures"]) if with_pictures else []
            self.shelves[craft].append(shelf)
        self.portraits = synthetic_drawings.stored(["portrait"]) if with_pictures else []
        self.now = timezone.now()

    def workshops(self, count: int) -> list[tuple[Artisan, str]]:
        """Spread them over all districts; return each with its craft."""
        first = (Artisan.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        districts = list(District.objects.order_by("code"))
        crafts = [self._craft() for _ in range(count)]
        artisans = Artisan.objects.bulk_create(
            self._workshop(first + place, districts[place % len(districts)])
            for place in range(count)
        )
        Certificate.objects.bulk_create(
            self._certificate(artisan)
            for artisan, craft in zip(artisans, crafts, strict=True)
            if craft == "batik" and self._chance(1 / 3)
        )
        return list(zip(artisans, crafts, strict=True))

    def works(self, plan: Iterable[tuple[int, tuple[Artisan, str]]]) -> list[Product]:
        """Write one batch with everything that belongs to it."""
        made = [self._work(number, artisan, craft) for number, (artisan, craft) in plan]
        products = Product.objects.bulk_create(work["product"] for work in made)
        _link(Product.techniques.through, "technique_id", made, "techniques")
        _link(Product.motifs.through, "motif_id", made, "motifs")
        _link(ProductMaterial, "material_id", made, "materials")
        Photo.objects.bulk_create(photo for work in made for photo in work["photos"])
        variants = [pair for work in made for pair in work["variants"]]
        Variant.objects.bulk_create(variant for variant, _pieces in variants)
        StockMovement.objects.bulk_create(
            movement for variant, pieces in variants for movement in _ledger(variant, pieces)
        )
        return products

    def _workshop(self, number: int, district: District) -> Artisan:
        pick, words = self.random.choice, self.words
        name = f"{pick(words['workshops'])} {pick(words['names'])} {number}"
        lead, lead_en = pick(words["leads"])
        told = self.random.sample(words["stories"], 2)
        return Artisan(
            name=name,
            slug=slugify(name),
            kind=pick(Artisan.Kind.values),
            maker_name=f"{pick(words['first'])} {pick(words['last'])}",
            district=district,
            village=pick(words["villages"]),
            since=self.random.randint(1985, 2024),
            lead=lead,
            lead_en=lead_en,
            story="\n\n".join(text for text, _english in told),
            story_en="\n\n".join(english for _text, english in told),
            monthly_capacity=self.random.randint(8, 200),
            workers_female=self.random.randint(0, 12),
            workers_male=self.random.randint(0, 8),
            status=Artisan.Status.PUBLISHED,
            is_sample=True,
            **(pick(self.portraits) if self.portraits else {}),
        )

    def _certificate(self, artisan: Artisan) -> Certificate:
        return Certificate(
            artisan=artisan,
            kind=Certificate.Kind.BATIKMARK,
            colour=self.random.choice(Certificate.Colour.values),
            number=f"CONTOH-S-{artisan.pk}",
            issuer="Lembaga contoh",
            valid_from=self.now.date() - datetime.timedelta(days=300),
            valid_until=self.now.date() + datetime.timedelta(days=600),
            verified_at=self.now,
        )

    def _work(self, number: int, artisan: Artisan, craft: str) -> dict[str, Any]:
        """Return a product, not yet saved, and all that hangs on it."""
        shelf = self.random.choice(self.shelves[craft])
        way = self.random.choice(shelf["techniques"])
        motifs = self.random.sample(self.motifs, 1) if shelf.get("motifs") else []
        name, name_en = self._name(shelf, way, motifs)
        product = self._product(shelf, artisan, f"{slugify(name)[:115]}-{number}")
        variants = self._variants(product, shelf, number)
        prices = [variant.price for variant, _pieces in variants]
        product.name, product.name_en = name, name_en if self._chance(ENGLISH) else ""
        product.price_min, product.price_max = min(prices), max(prices)
        techniques = [way, *shelf.get("also", [])]
        return {
            "product": product,
            "variants": variants,
            "techniques": [self.rows[Technique][slug] for slug in techniques],
            "motifs": motifs,
            "materials": [self.rows[Material][self.random.choice(shelf["materials"])]],
            "photos": self._photos(product, shelf["photos"]),
        }

    def _name(self, shelf: dict[str, Any], way: str, motifs: list[Motif]) -> tuple[str, str]:
        """Compose "Kain batik tulis Pisang Agung pirus" and the same in English."""
        thing, thing_en = self.random.choice(shelf["things"])
        colour, colour_en = self.random.choice(self.words[shelf.get("tones", "colours")])
        said, said_en = self.words["ways"].get(way, ("", ""))
        motif = motifs[0] if motifs else None
        parts = [thing, said, motif.name if motif else "", colour]
        english = [motif.name_en if motif else "", said_en, thing_en]
        text = " ".join(part for part in english if part)
        return " ".join(
            part for part in parts if part
        ), f"{text[:1].upper()}{text[1:]}, {colour_en}"

    def _product(self, shelf: dict[str, Any], artisan: Artisan, slug: str) -> Product:
        told = self.random.sample(self.words["sentences"], 4)
        length, width, height = shelf["size"]
        packed = dict(
            zip(("length_cm", "width_cm", "height_cm", "weight_g"), shelf["parcel"], strict=True)
        )
        is_draft = self._chance(DRAFTS)
        age = datetime.timedelta(days=DAYS * self.random.random())
        return Product(
            artisan=artisan,
            category=self.rows[Category][shelf["slug"]],
            slug=slug,
            description=" ".join(text for text, _english in told),
            description_en=" ".join(english for _text, english in told),
            length_cm=length,
            width_cm=width,
            height_cm=height or None,
            net_weight_g=round(packed["weight_g"] * 0.85),
            making_days=self.random.randint(1, 20),
            lead_days=self.random.randint(2, 14),
            option1_name=shelf.get("option", ("", ""))[0],
            option1_name_en=shelf.get("option", ("", ""))[1],
            status=Product.Status.DRAFT if is_draft else Product.Status.PUBLISHED,
            published_at=None if is_draft else self.now - age,
            **{f"packed_{name}": value for name, value in packed.items()},
        )

    def _variants(
        self, product: Product, shelf: dict[str, Any], number: int
    ) -> list[tuple[Variant, int]]:
        """Return each variant with the pieces it was ever given; what is not on hand was sold."""
        supply, choices = self._supply(), shelf.get("choices", [])
        if not choices or supply == Variant.Supply.ONE_OF_A_KIND:
            product.option1_name = product.option1_name_en = ""
            choices = [("", "")]
        else:
            choices = choices[: self.random.randint(1, len(choices))]
        low, high = map(math.log, shelf["price"])
        price = math.exp(self.random.uniform(low, high))
        pieces = [self._pieces(supply) for _choice in choices]
        is_sold_out = self._chance(SOLD_OUT)
        return [
            (
                Variant(
                    product=product,
                    sku=f"CTH-{number:06}-{place}",
                    option1=option,
                    option1_en=option_en,
                    price=round(price * (1 + place / 10) / 1000) * 1000,
                    supply=supply,
                    max_order=20 if supply == Variant.Supply.MADE_TO_ORDER else None,
                    on_hand=0 if is_sold_out else pieces[place],
                    position=place,
                ),
                pieces[place],
            )
            for place, (option, option_en) in enumerate(choices)
        ]

    def _supply(self) -> Variant.Supply:
        share = self.random.random()
        if share < UNIQUE:
            return Variant.Supply.ONE_OF_A_KIND
        if share < UNIQUE + TO_ORDER:
            return Variant.Supply.MADE_TO_ORDER
        return Variant.Supply.STOCK

    def _pieces(self, supply: Variant.Supply) -> int:
        if supply == Variant.Supply.MADE_TO_ORDER:
            return 0
        return 1 if supply == Variant.Supply.ONE_OF_A_KIND else self.random.randint(1, 12)

    def _photos(self, product: Product, drawings: list[dict[str, Any]]) -> list[Photo]:
        count = min(len(drawings), self.random.randint(1, 3))
        return [
            Photo(product=product, position=place, **drawing)
            for place, drawing in enumerate(self.random.sample(drawings, count))
        ]

    def _craft(self) -> str:
        return self.random.choices(list(CRAFTS), list(CRAFTS.values()))[0]

    def _chance(self, share: float) -> bool:
        return self.random.random() < share


def _ledger(variant: Variant, pieces: int) -> list[StockMovement]:
    """What was received, and what was sold of it: the sum is what is on hand."""
    reasons = StockMovement.Reason
    moves = [(reasons.RECEIVED, pieces), (reasons.SOLD, variant.on_hand - pieces)]
    is_unique = variant.supply == Variant.Supply.ONE_OF_A_KIND
    return [
        StockMovement(variant=variant, reason=reason, quantity=quantity, is_one_of_a_kind=is_unique)
        for reason, quantity in moves
        if quantity
    ]


def _link(through: type[models.Model], key: str, made: list[dict[str, Any]], what: str) -> None:
    through._default_manager.bulk_create(  # noqa: SLF001  Django's documented name
        through(product_id=work["product"].pk, **{key: row.pk})
        for work in made
        for row in work[what]
    )


def _by_slug(model: type[models.Model]) -> dict[str, Any]:
    rows = model._default_manager.all()  # noqa: SLF001  Django's documented name
    return {getattr(row, "slug"): row for row in rows}  # noqa: B009  not every model has one
