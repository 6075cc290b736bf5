"""The page of a work: its offer, its story, its neighbours, and what it costs to draw."""

import datetime

import pytest
from django.utils import timezone

from catalogue import stock
from catalogue.models import Product, StockMovement
from tests.factories import (
    ArtisanFactory,
    CategoryFactory,
    CertificateFactory,
    MotifFactory,
    PhotoFactory,
    ProductFactory,
    TechniqueFactory,
    VariantFactory,
)

pytestmark = pytest.mark.django_db


class TestCosts:
    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize(("has_certificate", "queries"), [(False, 9), (True, 10)])
    def test_it_costs_the_same_queries_however_much_it_shows(
        self, client, count, has_certificate, queries, django_assert_num_queries
    ):
        tulis = TechniqueFactory(is_batik=True, batikmark_colour="gold")
        product = ProductFactory(technique=tulis)
        if has_certificate:
            CertificateFactory(artisan=product.artisan)
        for number in range(count):
            motif = MotifFactory()
            product.motifs.add(motif)
            ProductFactory(artisan=product.artisan, category=product.category)
            ProductFactory(category=product.category).motifs.add(motif)
            VariantFactory(product=product, option1=f"Ukuran {number}")
            PhotoFactory(product=product, position=number)
            product.techniques.add(TechniqueFactory(steps="Satu: dua."))

        with django_assert_num_queries(queries):
            response = client.get(product.get_absolute_url())

        with django_assert_num_queries(3):  # the version, what is left of it, what many cost
            client.get(product.get_absolute_url())
        assert len(response.context["beside"].more) == count
        assert len(response.context["beside"].similar) == count


class TestFreshness:
    def test_a_sale_shows_at_once_though_the_rest_is_kept(self, client):
        product = ProductFactory(variant__on_hand=3)
        variant = product.variants.get()
        client.get(product.get_absolute_url())
        stock.move(variant.pk, -1, StockMovement.Reason.SOLD)

        response = client.get(product.get_absolute_url())

        assert response.context["chosen"].on_hand == 2
        assert "Sisa 2" in response.text

    def test_a_corrected_text_shows_at_once(self, client):
        product = ProductFactory(description="Lama.")
        client.get(product.get_absolute_url())
        Product.objects.update(description="Baru.")

        assert "Baru." in client.get(product.get_absolute_url()).text


class TestNeighbours:
    def test_shared_motifs_come_first_then_the_category_then_the_craft(self, client):
        semeru, riak = MotifFactory(), MotifFactory()
        cloth = CategoryFactory()
        shirt = CategoryFactory(parent=cloth.parent)
        work = ProductFactory(category=cloth)
        work.motifs.set([semeru, riak])
        elsewhere = ProductFactory()
        in_craft = ProductFactory(category=shirt)
        in_category = ProductFactory(category=cloth)
        with_one = ProductFactory(category=shirt)
        with_one.motifs.add(semeru)
        with_both = ProductFactory()
        with_both.motifs.set([semeru, riak])

        beside = client.get(work.get_absolute_url()).context["beside"]

        assert beside.similar == [with_both, with_one, in_category, in_craft]
        assert elsewhere not in beside.similar
        assert beside.more == []

    def test_the_maker_s_newest_four_stand_apart(self, client):
        work = ProductFactory()
        others = ProductFactory.create_batch(5, artisan=work.artisan, category=work.category)

        beside = client.get(work.get_absolute_url()).context["beside"]

        assert beside.more == others[:0:-1]
        assert beside.similar == []

    def test_what_is_not_published_is_no_neighbour(self, client):
        work = ProductFactory()
        ProductFactory(category=work.category, artisan__status="suspended")

        assert client.get(work.get_absolute_url()).context["beside"].similar == []


class TestWork:
    def test_it_tells_who_made_it_where_and_how(self, client):
        technique = TechniqueFactory(steps="Nyorek: motif digambar.\nNyanting: malam digoreskan.")
        product = ProductFactory(technique=technique, making_days=18)

        html = client.get(product.get_absolute_url()).text

        for words in (
            product.name,
            product.artisan.maker_name,
            "Desa Contoh",
            "Nyorek",
            "Rp150.000",
        ):
            assert words in html

    def test_english_readers_are_told_when_a_text_is_indonesian_only(self, client):
        product = ProductFactory(name_en="A work", description_en="")

        html = client.get(f"/en/products/{product.slug}/").text

        assert "Only in Indonesian so far." in html
        assert 'lang="id"' in html
        product.description_en = "Made by hand."
        product.save()
        assert "Only in Indonesian so far." not in client.get(f"/en/products/{product.slug}/").text

    def test_a_variant_is_chosen_by_its_address(self, client):
        product = ProductFactory(option1_name="Ukuran", variant__option1="S")
        large = VariantFactory(product=product, option1="L", price=275_000, sku="BESAR")

        response = client.get(product.get_absolute_url(), {"sku": "BESAR"})

        assert response.context["chosen"] == large
        assert "Rp275.000" in response.text

    def test_a_sold_out_work_stays_and_says_so(self, client):
        product = ProductFactory(variant__on_hand=0)

        response = client.get(product.get_absolute_url())

        assert response.context["ready_on"] is None
        assert "Habis" in response.text

    def test_a_closed_workshop_moves_the_day_of_sending(self, client):
        today = timezone.localdate()
        back = today + datetime.timedelta(days=10)
        artisan = ArtisanFactory(closed_from=today, closed_until=back)
        product = ProductFactory(artisan=artisan, lead_days=2)

        response = client.get(product.get_absolute_url())

        assert response.context["ready_on"] == back + datetime.timedelta(days=2)


class TestBatikmark:
    @pytest.mark.parametrize(
        ("fields", "is_shown"),
        [
            ({}, True),
            ({"colour": "white"}, False),
            ({"valid_until": datetime.date(2021, 1, 1)}, False),
            ({"verified_at": None}, False),
            ({"valid_from": datetime.date(2999, 1, 1)}, False),
        ],
    )
    def test_the_badge_needs_a_valid_certificate_of_the_technique_s_colour(
        self, client, fields, is_shown
    ):
        tulis = TechniqueFactory(is_batik=True, batikmark_colour="gold")
        product = ProductFactory(technique=tulis)
        CertificateFactory(artisan=product.artisan, **fields)

        card = client.get("/katalog/").context["page"][0]
        page = client.get(product.get_absolute_url())

        assert (card.badge == "batikmark") is is_shown
        assert (page.context["certificate"] is not None) is is_shown

    def test_a_neighbour_s_certificate_does_not_count(self, client):
        ProductFactory(technique=TechniqueFactory(is_batik=True, batikmark_colour="gold"))
        CertificateFactory()

        assert client.get("/katalog/").context["page"][0].badge == ""
