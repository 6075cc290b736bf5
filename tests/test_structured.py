"""What pages tell machines: whole, true and harmless, in both languages."""

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
from tests.schema_shapes import BLOCK, faults, node, nodes

pytestmark = pytest.mark.django_db


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
