"""A variant as the cart reads it."""

from catalogue.models import Variant
from tests.factories import (
    ProductFactory,
)


def for_sale(**fields) -> Variant:
    """A variant as views load it; `artisan__…`, `min_order` and such go to its work."""
    work = {name: fields.pop(name) for name in list(fields) if name in {"min_order", "max_order"}}
    product = ProductFactory(**work, **{f"variant__{name}": fields[name] for name in fields})
    return Variant.objects.for_sale().get(product=product)
