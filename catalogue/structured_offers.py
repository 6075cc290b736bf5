"""Works and their offers in schema.org's words, as Google documents products with variants."""

from collections.abc import Iterable, Sequence

from catalogue.models import Photo, Product, Variant
from catalogue.structured import maker
from lumajang_crafts.lib.site import absolute
from lumajang_crafts.lib.structured import Node, known

SCHEMA = "https://schema.org/"
# The names of options that schema.org knows; staff write them in Indonesian.
OPTIONS = {"warna": "color", "ukuran": "size", "bahan": "material", "motif": "pattern"}


def work(product: Product, variants: Sequence[Variant]) -> Node:
    """A Product with one offer, or a ProductGroup with a Product for each variant."""
    about = _about(product)
    if len(variants) < 2:  # noqa: PLR2004  one is no choice
        facts = [known(sku=one.sku, offers=_offer(product, one, about["url"])) for one in variants]
        return {"@type": "Product", **about, **(facts[0] if facts else {})}
    varied = [OPTIONS[name] for name in _option_names(product) if name in OPTIONS]
    return known(
        **{"@type": "ProductGroup", **about},
        productGroupID=f"KL-{product.pk}",
        variesBy=[SCHEMA + name for name in varied],
        hasVariant=[_variant(product, variant) for variant in variants],
    )


def _about(product: Product) -> Node:
    shelf = product.category
    return known(
        name=product.tr("name"),
        description=product.tr("description"),
        url=absolute(product.get_absolute_url()),
        image=_images(product.photos.all()),
        category=" > ".join(c.tr("name") for c in (shelf.parent, shelf) if c is not None),
        brand={"@type": "Brand", "name": product.artisan.name},
        material=[part.material.tr("name") for part in product.composition.all()],
        pattern=[motif.tr("name") for motif in product.motifs.all()],
        countryOfOrigin={"@type": "Country", "name": "ID"},
        weight=_measure(product.net_weight_g, "GRM"),
        width=_measure(product.width_cm, "CMT"),
        height=_measure(product.height_cm, "CMT"),
        depth=_measure(product.length_cm, "CMT"),
    )


def _variant(product: Product, variant: Variant) -> Node:
    own = [photo for photo in product.photos.all() if photo.variant_id == variant.pk]
    options = zip(
        _option_names(product), (variant.tr("option1"), variant.tr("option2")), strict=False
    )
    url = f"{absolute(product.get_absolute_url())}?sku={variant.sku}"
    return known(
        **{"@type": "Product"},
        name=f"{product.tr('name')}, {variant.label}",
        sku=variant.sku,
        image=_images(own or product.photos.all()[:1]),
        offers=_offer(product, variant, url),
        **{OPTIONS[name]: value for name, value in options if name in OPTIONS},
    )


def _offer(product: Product, variant: Variant, url: str) -> Node:
    return known(
        **{"@type": "Offer"},
        url=url,
        price=str(variant.price),
        priceCurrency="IDR",
        availability=SCHEMA + _availability(variant),
        itemCondition=SCHEMA + "NewCondition",
        seller=maker(product.artisan),
        deliveryLeadTime=_measure(product.lead_days, "DAY") if variant.is_buyable else None,
    )


def _availability(variant: Variant) -> str:
    if variant.is_buyable:
        is_made = variant.supply == Variant.Supply.MADE_TO_ORDER
        return "MadeToOrder" if is_made else "InStock"
    return "SoldOut" if variant.is_sold else "OutOfStock"


def _images(photos: Iterable[Photo]) -> list[str]:
    return [absolute(photo.picture_url(1200)) for photo in photos]


def _option_names(product: Product) -> list[str]:
    return [product.option1_name.lower(), product.option2_name.lower()]


def _measure(value: object, unit: str) -> Node | None:
    """A quantity by its UN/CEFACT unit code: GRM grams, CMT centimetres, DAY days."""
    if value is None:
        return None
    return {"@type": "QuantitativeValue", "value": float(str(value)), "unitCode": unit}
