"""A work's own row: what the file says of it, checked, then written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue import truth
from catalogue.importing.report import Unclear
from catalogue.importing.slugs import Slugs
from catalogue.importing.spelling import plain
from catalogue.importing.words import Lexicon, Words
from catalogue.importing.works import Work
from catalogue.models import Material, Motif, Product, ProductMaterial, Technique

REQUIRED = ["maker", "name", "category", "description", "packed_weight_g"]
PARCEL = ["packed_length_cm", "packed_width_cm", "packed_height_cm"]
SIDES = ["length_cm", "width_cm", "height_cm"]
RELATIONS = {"maker", "category", "techniques", "materials", "motifs", "size", "parcel", "status"}
OPTION_NAMES = ("option1_name", "option1_name_en", "option2_name", "option2_name_en")


class Resolved:
    """What a work's words stand for in the catalogue; None where the file says nothing."""

    def __init__(self, work: Work, words: Words, refused_makers: set[str]) -> None:
        self._work = work
        self.maker = self._maker(words, refused_makers)
        self.category = self._one("category", words.categories, _("There is no category “%s”."))
        self.techniques: list[Technique] | None = self._many(
            "techniques", words.techniques, _("There is no technique “%s”.")
        )
        self.motifs: list[Motif] | None = self._many(
            "motifs", words.motifs, _("There is no motif “%s”.")
        )
        self.materials = self._materials(words.materials)

    def _maker(self, words: Words, refused: set[str]) -> Artisan | None:
        name = self._work.values.get("maker", "")
        if name and plain(name) in refused:
            self._refuse(
                "maker",
                Unclear(
                    _("“%s” could not be created.") % name,
                    _("See what the report says of the sheet of makers."),
                ),
            )
            return None
        maker: Artisan | None = self._one("maker", words.makers, _("There is no maker “%s”."))
        return maker

    def _one(self, key: str, lexicon: Lexicon[Any], unknown: str) -> Any:
        found = self._many(key, lexicon, unknown)
        return found[0] if found else None

    def _many(self, key: str, lexicon: Lexicon[Any], unknown: str) -> list[Any] | None:
        if key not in self._work.values:
            return None
        said = self._work.values[key]
        found = [self._find(key, lexicon, name, unknown) for name in _as_list(said)]
        return list(dict.fromkeys(row for row in found if row is not None))

    def _materials(self, lexicon: Lexicon[Material]) -> dict[Material, int | None] | None:
        if "materials" not in self._work.values:
            return None
        unknown = _("There is no material “%s”.")
        pairs = self._work.values["materials"]
        found = [(self._find("materials", lexicon, name, unknown), share) for name, share in pairs]
        return {material: share for material, share in found if material is not None}

    def _find(self, key: str, lexicon: Lexicon[Any], name: str, unknown: str) -> Any:
        try:
            return lexicon.find(name, unknown)
        except Unclear as unclear:
            self._refuse(key, unclear)
            return None

    def _refuse(self, key: str, unclear: Unclear) -> None:
        self._work.source(key).refuse(key, unclear.what, unclear.todo)


def prepare(work: Work, found: Resolved, slugs: Slugs) -> tuple[Product, list[str]]:
    """Return the product as the file wants it, not saved, and the names of changed fields.

    Everything that hinders it is reported.
    """
    if work.product is None:
        _demand(work)
    elif found.maker and found.maker.pk != work.product.artisan_id:
        work.source("maker").refuse(
            "maker", _("In the catalogue this product belongs to “%s”.") % work.product.artisan
        )
    _check_orders(work)
    _check_truth(work, found)
    product = work.product or Product(slug=slugs.free(work.values.get("name", "")))
    changed = _assign(product, _attributes(work, found))
    _clean(product, work)
    return product, changed


def differs(product: Product, found: Resolved) -> bool:
    """Tell whether the file names other techniques, motifs or materials than the catalogue."""
    return any(
        [
            _differ(product.techniques, found.techniques),
            _differ(product.motifs, found.motifs),
            found.materials is not None and _shares(found.materials) != _composition(product),
        ]
    )


def relate(product: Product, found: Resolved) -> None:
    """Give a product of the catalogue the techniques, motifs and materials that the file names."""
    if _differ(product.techniques, found.techniques):
        product.techniques.set(found.techniques or [])
    if _differ(product.motifs, found.motifs):
        product.motifs.set(found.motifs or [])
    if found.materials is not None and _shares(found.materials) != _composition(product):
        product.composition.all().delete()
        ProductMaterial.objects.bulk_create(
            ProductMaterial(product=product, material=material, share=share)
            for material, share in found.materials.items()
        )


def _differ(relation: Any, rows: list[Any] | None) -> bool:
    return rows is not None and set(rows) != set(relation.all())


def _demand(work: Work) -> None:
    sides = [key for key in PARCEL if key not in work.values]
    is_said = "parcel" in work.values or any("parcel" in entry.broken for entry in work.entries)
    has_some = len(sides) < len(PARCEL)
    work.demand([*REQUIRED, *([] if is_said else sides if has_some else ["parcel"])])


def _check_orders(work: Work) -> None:
    """The same two rules as the constraints of the database, said at their cells."""
    least = work.values.get("min_order", work.product.min_order if work.product else 1)
    most = work.values.get("max_order", work.product.max_order if work.product else None)
    if most is not None and most < least:
        work.source("max_order").refuse(
            "max_order", _("The most per order must not be below the fewest.")
        )


def _check_truth(work: Work, found: Resolved) -> None:
    product = work.product
    names = {key: work.values.get(key, getattr(product, key, "")) for key in ("name", "name_en")}
    techniques: Iterable[Technique] = found.techniques or []
    if found.techniques is None and product is not None:
        techniques = product.techniques.all()
    if any("techniques" in entry.broken for entry in work.entries):
        return
    try:
        truth.check_batik(names, found.category or getattr(product, "category", None), techniques)
    except ValidationError as refusal:
        for key, messages in refusal.message_dict.items():
            work.source(key).refuse(key, " ".join(messages))


def _attributes(work: Work, found: Resolved) -> dict[str, Any]:
    values = {key: value for key, value in work.values.items() if key not in RELATIONS}
    for key in OPTION_NAMES:  # a heading like Colour names the option, but not against the desk
        is_hint = not work.source(key).heading.title(key)
        if is_hint and work.product is not None and getattr(work.product, key):
            values.pop(key, None)
    values |= dict(zip(SIDES, work.values.get("size", ()), strict=False))
    values |= dict(zip(PARCEL, work.values.get("parcel", ()), strict=False))
    relations = {"artisan": found.maker, "category": found.category}
    return values | {key: row for key, row in relations.items() if row is not None}


def _assign(product: Product, attributes: Mapping[str, Any]) -> list[str]:
    changed = []
    for key, value in attributes.items():
        if product._state.adding or getattr(product, key) != value:  # noqa: SLF001  Django's documented name
            setattr(product, key, value)
            changed.append(key)
    return changed


def _clean(product: Product, work: Work) -> None:
    """Ask the model's validators, but not about what is reported already."""
    told = {key for entry in work.entries for key in entry.broken}
    told |= set(PARCEL) if "parcel" in told else set()
    try:
        product.clean_fields(exclude={"artisan", "category", *told})
    except ValidationError as refusal:
        for attribute, messages in refusal.message_dict.items():
            key = _key(attribute, work)
            work.source(key).refuse(key, " ".join(messages))


def _key(attribute: str, work: Work) -> str:
    """Return the field that a column of the table was read from."""
    for key, sides in (("size", SIDES), ("parcel", PARCEL)):
        if attribute in sides and attribute not in work.values:
            return key
    return attribute


def _shares(materials: Mapping[Material, int | None]) -> dict[int, int | None]:
    return {material.pk: share for material, share in materials.items()}


def _composition(product: Product) -> dict[int, int | None]:
    return {part.material_id: part.share for part in product.composition.all()}


def _as_list(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said
