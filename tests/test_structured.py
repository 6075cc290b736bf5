"""What pages tell machines: whole, true and harmless, in both languages."""

import json
import re

import pytest

from catalogue import listing
from tests.factories import (
    ArtisanFactory,
    CategoryFactory,
    DistrictFactory,
    MotifFactory,
    PhotoFactory,
    ProductFactory,
    VariantFactory,
)

pytestmark = pytest.mark.django_db

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


@pytest.fixture
def work():
    """A work with two variants, one of them sold out, of a workshop."""
    product = ProductFactory(
        name="Kain Semeru",
        name_en="Semeru cloth",
        option1_name="Warna",
        option2_name="Ukuran",
        net_weight_g="310.00",
        width_cm=105,
        lead_days=3,
        variant__option1="Pirus",
        variant__option1_en="Turquoise",
        variant__option2="M",
        variant__sku="KL-PIRUS-M",
    )
    VariantFactory(
        product=product, option1="Nila", option2="L", price=175_000, on_hand=0, sku="KL-NILA-L"
    )
    product.motifs.add(MotifFactory())
    listing.save_prices(product)
    return product


class TestShapes:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_every_page_s_data_is_valid(self, client, work, prefix):
        craft = work.category.parent
        ProductFactory(artisan__kind="individual", lead_days=0)
        pages = {
            "/": ("", ["Organization", "WebSite", "ItemList"]),
            "/katalog/": ("/catalogue/", ["BreadcrumbList", "CollectionPage"]),
            f"/katalog/?craft={craft.slug}": (
                f"/catalogue/?craft={craft.slug}",
                ["BreadcrumbList", "CollectionPage"],
            ),
            "/perajin/": ("/artisans/", ["BreadcrumbList", "CollectionPage"]),
            work.artisan.get_absolute_url(): (
                f"/artisans/{work.artisan.slug}/",
                ["BreadcrumbList", "ItemList", "ProfilePage"],
            ),
            work.artisan.district.get_absolute_url(): (
                f"/districts/{work.artisan.district.slug}/",
                ["BreadcrumbList", "CollectionPage"],
            ),
            "/kecamatan/": ("/districts/", ["BreadcrumbList"]),
            work.get_absolute_url(): (
                f"/products/{work.slug}/",
                ["BreadcrumbList", "ProductGroup"],
            ),
        }
        for indonesian, (english, kinds) in pages.items():
            url = f"/en{english or '/'}" if prefix else indonesian
            found = nodes(client.get(url))
            assert sorted(node["@type"] for node in found) == sorted(kinds), url
            assert faults(found) == [], url

    def test_the_table_above_finds_faults(self):
        assert faults({"@type": "Offer", "price": "Rp1.000"}) != []
        assert faults({"@type": "Brand", "name": "Sanggar", "logo": "x"}) != []
        assert faults({"@type": "Nonsense"}) != []


class TestWork:
    def test_each_variant_is_offered_by_its_maker_at_its_price(self, client, work):
        group = node(client.get(f"/en/products/{work.slug}/"), "ProductGroup")
        first, second = group["hasVariant"]

        assert group["variesBy"] == ["https://schema.org/color", "https://schema.org/size"]
        assert (first["sku"], first["color"], first["size"]) == ("KL-PIRUS-M", "Turquoise", "M")
        assert first["name"] == "Semeru cloth, Turquoise · M"
        offer = first["offers"]
        assert offer["price"] == "150000"
        assert offer["availability"] == "https://schema.org/InStock"
        assert offer["url"] == f"http://testserver/en/products/{work.slug}/?sku=KL-PIRUS-M"
        assert offer["seller"]["name"] == work.artisan.name
        assert offer["deliveryLeadTime"]["value"] == 3
        assert second["offers"]["price"] == "175000"
        assert second["offers"]["availability"] == "https://schema.org/OutOfStock"
        assert "deliveryLeadTime" not in second["offers"]

    @pytest.mark.parametrize(
        ("variant", "availability"),
        [
            ({"supply": "made_to_order", "on_hand": 0, "max_order": 2}, "MadeToOrder"),
            ({"supply": "one_of_a_kind", "on_hand": 1}, "InStock"),
            ({"supply": "one_of_a_kind", "on_hand": 0}, "SoldOut"),
            ({"on_hand": 2, "reserved": 2}, "OutOfStock"),
        ],
    )
    def test_availability_follows_the_stock(self, client, variant, availability):
        product = ProductFactory(**{f"variant__{key}": value for key, value in variant.items()})

        offer = node(client.get(product.get_absolute_url()), "Product")["offers"]

        assert offer["availability"] == f"https://schema.org/{availability}"
        assert offer["url"] == f"http://testserver{product.get_absolute_url()}"

    def test_a_person_who_works_alone_sells_under_their_own_name(self, client):
        artisan = ArtisanFactory(kind="individual", maker_name="Retno", name="Batik Pedut")
        product = ProductFactory(artisan=artisan)

        data = node(client.get(product.get_absolute_url()), "Product")

        assert data["offers"]["seller"]["@type"] == "Person"
        assert data["offers"]["seller"]["name"] == "Retno"
        assert data["brand"]["name"] == "Batik Pedut"

    def test_a_variant_shows_its_own_photo(self, client, work):
        nila = work.variants.get(sku="KL-NILA-L")
        PhotoFactory(product=work, variant=nila, picture="photos/nila.webp", position=5)

        first, second = node(client.get(work.get_absolute_url()), "ProductGroup")["hasVariant"]

        assert second["image"] == ["http://testserver/media/photos/nila.webp"]
        assert first["image"] == ["http://testserver/media/photos/contoh.webp"]


class TestTrail:
    def test_machines_and_people_are_shown_the_same_way(self, client):
        category = CategoryFactory(name="Kain", parent__name="Batik")
        product = ProductFactory(category=category, name="Kain Semeru")

        response = client.get(product.get_absolute_url())
        trail = node(response, "BreadcrumbList")["itemListElement"]

        assert [step["name"] for step in trail] == [
            "Beranda",
            "Katalog",
            "Batik",
            "Kain",
            "Kain Semeru",
        ]
        assert [step["position"] for step in trail] == [1, 2, 3, 4, 5]
        assert "item" not in trail[-1]
        for step in trail[:-1]:
            assert f'href="{step["item"].removeprefix("http://testserver")}"' in response.text


class TestHarm:
    @pytest.mark.parametrize(
        "name", ["</script><script>alert(1)</script>", "<!--<script>", '"} & \u2028 ]]>']
    )
    def test_a_hostile_name_stays_a_name(self, client, name):
        product = ProductFactory(name=name)

        response = client.get(product.get_absolute_url())

        assert node(response, "Product")["name"] == name
        for block in BLOCK.findall(response.text):
            assert not set(block) & set("<>&\u2028")


class TestLists:
    def test_positions_go_on_over_the_pages(self, client):
        category = CategoryFactory(parent__intro="Semua batik.")
        ProductFactory.create_batch(25, category=category)

        second = node(client.get("/katalog/?page=2"), "CollectionPage")["mainEntity"]

        assert [item["position"] for item in second["itemListElement"]] == [25]

    def test_a_place_without_works_has_an_empty_list(self, client):
        district = DistrictFactory()

        page = node(client.get(district.get_absolute_url()), "CollectionPage")

        assert page["mainEntity"]["itemListElement"] == []
