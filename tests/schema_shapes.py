"""What schema.org wants of each kind of thing, and what is wrong with one that we say."""

import json
import re

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
AVAILABILITY = {
    f"https://schema.org/{x}" for x in ("InStock", "OutOfStock", "SoldOut", "MadeToOrder")
}


def is_url(value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"http://testserver/\S*", value) is not None


def is_text(value) -> bool:
    return isinstance(value, str) and value.strip() == value != ""


def is_count(value) -> bool:
    return type(value) is int and value >= 0


def is_price(value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[1-9]\d*", value) is not None


def is_language(value) -> bool:
    return value in {"id", "en"}


def is_varied(value) -> bool:
    return value in {f"https://schema.org/{x}" for x in ("color", "size", "material", "pattern")}


def one_of(*values):
    return lambda value: value in values


def a(*types):
    return lambda value: (
        isinstance(value, dict) and (value.get("@type") in types or set(value) == {"@id"})
    )


def many(check):
    return lambda value: isinstance(value, list) and value != [] and all(map(check, value))


# Type → property → (is it required, what it must look like): schema.org's types as
# Google's documentation of product, variant, breadcrumb and profile data asks for them.
MUST, MAY = True, False
PLACE = {"addressLocality": (MUST, is_text), "addressRegion": (MUST, is_text)}
WHO = {
    "@id": (MUST, is_url),
    "name": (MUST, is_text),
    "url": (MUST, is_url),
    "description": (MAY, is_text),
    "image": (MAY, is_url),
    "logo": (MAY, is_url),
    "email": (MAY, is_text),
    "telephone": (MAY, is_text),
    "address": (MAY, lambda v: is_text(v) or a("PostalAddress")(v)),
}
WORK = {
    "name": (MUST, is_text),
    "description": (MUST, is_text),
    "url": (MUST, is_url),
    "image": (MUST, many(is_url)),
    "category": (MUST, is_text),
    "brand": (MUST, a("Brand")),
    "material": (MUST, many(is_text)),
    "pattern": (MAY, many(is_text)),
    "countryOfOrigin": (MUST, a("Country")),
    **{side: (MAY, a("QuantitativeValue")) for side in ("weight", "width", "height", "depth")},
}
SHAPES = {
    "Organization": WHO,
    "Person": WHO,
    "PostalAddress": {**PLACE, "addressCountry": (MUST, one_of("ID"))},
    "WebSite": {
        "@id": (MUST, is_url),
        "name": (MUST, is_text),
        "url": (MUST, is_url),
        "inLanguage": (MUST, is_language),
        "publisher": (MUST, a("Organization")),
        "potentialAction": (MUST, a("SearchAction")),
    },
    "SearchAction": {
        "target": (MUST, a("EntryPoint")),
        "query-input": (MUST, one_of("required name=search_term_string")),
    },
    "EntryPoint": {"urlTemplate": (MUST, lambda v: is_url(v) and "{search_term_string}" in v)},
    "BreadcrumbList": {"itemListElement": (MUST, many(a("ListItem")))},
    "ItemList": {
        "numberOfItems": (MUST, is_count),
        "itemListElement": (MUST, lambda v: v == [] or many(a("ListItem"))(v)),
    },
    "ListItem": {
        "position": (MUST, is_count),
        "name": (MUST, is_text),
        "item": (MAY, is_url),
        "url": (MAY, is_url),
    },
    "CollectionPage": {
        "name": (MUST, is_text),
        "url": (MUST, is_url),
        "description": (MAY, is_text),
        "inLanguage": (MUST, is_language),
        "isPartOf": (MUST, a("WebSite")),
        "mainEntity": (MUST, a("ItemList")),
    },
    "ProfilePage": {
        "url": (MUST, is_url),
        "inLanguage": (MUST, is_language),
        "mainEntity": (MUST, a("Person", "Organization")),
    },
    "Product": {
        **{name: (MAY, check) for name, (_must, check) in WORK.items()},
        "name": (MUST, is_text),
        "image": (MUST, many(is_url)),
        "sku": (MUST, is_text),
        "offers": (MUST, a("Offer")),
        "color": (MAY, is_text),
        "size": (MAY, is_text),
    },
    "ProductGroup": {
        **WORK,
        "productGroupID": (MUST, is_text),
        "variesBy": (MAY, many(is_varied)),
        "hasVariant": (MUST, many(a("Product"))),
    },
    "Offer": {
        "url": (MUST, is_url),
        "price": (MUST, is_price),
        "priceCurrency": (MUST, one_of("IDR")),
        "availability": (MUST, lambda v: v in AVAILABILITY),
        "itemCondition": (MUST, one_of("https://schema.org/NewCondition")),
        "seller": (MUST, a("Person", "Organization")),
        "deliveryLeadTime": (MAY, a("QuantitativeValue")),
    },
    "Brand": {"name": (MUST, is_text)},
    "Country": {"name": (MUST, one_of("ID"))},
    "QuantitativeValue": {
        "value": (MUST, lambda v: isinstance(v, float) and v >= 0),
        "unitCode": (MUST, one_of("GRM", "CMT", "DAY")),
    },
}


def faults(node, path="") -> list[str]:
    """Everything in the node that its shape does not know or does not like."""
    if isinstance(node, list):
        return [f for at, item in enumerate(node) for f in faults(item, f"{path}[{at}]")]
    if not isinstance(node, dict) or set(node) == {"@id"}:
        return []
    kind = node.get("@type")
    if kind not in SHAPES:
        return [f"{path}: unknown type {kind}"]
    shape, found = SHAPES[kind], []
    for name, (is_required, check) in shape.items():
        if name in node and not check(node[name]):
            found.append(f"{path}.{kind}.{name}: {node[name]!r}")
        if is_required and name not in node:
            found.append(f"{path}.{kind}.{name} is missing")
    found += [f"{path}.{kind}: stranger {n}" for n in node if n not in {*shape, "@type"}]
    for name, value in node.items():
        found += faults(value, f"{path}.{kind}.{name}")
    return found


def nodes(response) -> list[dict]:
    """Every node of the page, without the context they share."""
    found = []
    for block in BLOCK.findall(response.text):
        data = json.loads(block)
        assert data.pop("@context") == "https://schema.org"
        found += data.get("@graph", [data])
    return found


def node(response, kind) -> dict:
    [found] = [node for node in nodes(response) if node["@type"] == kind]
    return found
