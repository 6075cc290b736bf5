"""What will be written of one work, and the writing itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from catalogue import listing, stock
from catalogue.importing import product, variants
from catalogue.importing.product import Resolved
from catalogue.importing.slugs import Slugs
from catalogue.importing.variants import Offer
from catalogue.importing.words import Words
from catalogue.importing.works import Work
from catalogue.models import Product, ProductMaterial, Variant


@dataclass(slots=True)
class Plan:
    """A checked work: its product and variants as they will be."""

    work: Work
    found: Resolved
    product: Product
    changed: list[str]
    offers: list[Offer]

    @property
    def is_new(self) -> bool:
        return self.work.product is None

    @property
    def is_settled(self) -> bool:
        """Tell whether the catalogue says all of this already."""
        if self.is_new or self.changed or product.differs(self.product, self.found):
            return False
        return all(offer.is_settled for offer in self.offers)


def make(work: Work, words: Words, refused_makers: set[str], slugs: Slugs) -> Plan:
    """Check the work without writing; what hinders it is in the report."""
    variants.first_option_first(work)
    found = Resolved(work, words, refused_makers)
    wanted, changed = product.prepare(work, found, slugs)
    return Plan(work, found, wanted, changed, variants.prepare(work, wanted))


def create(plans: Sequence[Plan], note: str) -> None:
    """Insert new products with everything in them, in seven statements for any number."""
    Product.objects.bulk_create(plan.product for plan in plans)
    for relation in ("techniques", "motifs"):
        _link(relation, plans)
    ProductMaterial.objects.bulk_create(
        ProductMaterial(product=plan.product, material=material, share=share)
        for plan in plans
        for material, share in (plan.found.materials or {}).items()
    )
    stock.create([offer.variant for plan in plans for offer in plan.offers], note=note)
    listing.save_all_prices([plan.product.pk for plan in plans])
    for plan in plans:
        plan.work.product = plan.product


def update(plans: Sequence[Plan], note: str) -> int:
    """Change products of the catalogue; return how many variants were counted anew.

    A count that stock refuses is in the report; the caller takes everything back.
    """
    _save_changed(Product, [(plan.product, plan.changed) for plan in plans])
    for plan in plans:
        product.relate(plan.product, plan.found)
    offers = [offer for plan in plans for offer in plan.offers]
    fresh = [offer.variant for offer in offers if offer.is_new]
    known = [offer for offer in offers if not offer.is_new]
    if fresh:
        stock.create(fresh, note=note)
    _save_changed(Variant, [(offer.variant, offer.changed) for offer in known])
    counted = variants.count(known, note)
    listing.save_all_prices([plan.product.pk for plan in plans])
    return counted


def _save_changed(model: type[Model], rows: Iterable[tuple[Model, list[str]]]) -> None:
    """Write only the fields that the file changes: the desk may be at work on the others."""
    alike: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    for row, changed in rows:
        if changed:
            alike[tuple(changed)].append(row)
    for names, together in alike.items():
        model._default_manager.bulk_update(together, names)  # noqa: SLF001  Django's documented name


def _link(relation: str, plans: Sequence[Plan]) -> None:
    through: Any = getattr(Product, relation).through
    column = f"{getattr(Product, relation).rel.model._meta.model_name}_id"  # noqa: SLF001  Django's documented name
    through.objects.bulk_create(
        through(product_id=plan.product.pk, **{column: row.pk})
        for plan in plans
        for row in getattr(plan.found, relation) or []
    )
