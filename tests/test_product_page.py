"""The page of a work: its offer, its story, its neighbours, and what it costs to draw."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from catalogue import listing, stock
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


class TestChoice:
    @pytest.fixture
    def shirt(self):
        """Two colours in two sizes; indigo is not made in S."""
        product = ProductFactory(
            option1_name="Warna",
            option2_name="Ukuran",
            variant__option1="Pirus",
            variant__option2="S",
            variant__sku="P-S",
        )
        for sku, colour, size, price, pieces in (
            ("P-L", "Pirus", "L", 175_000, 9),
            ("N-L", "Nila", "L", 190_000, 0),
            ("N-XL", "Nila", "XL", 200_000, 2),
        ):
            VariantFactory(
                product=product,
                sku=sku,
                option1=colour,
                option2=size,
                price=price,
                on_hand=pieces,
                position=1,
            )
        listing.save_prices(product)
        return product

    def rows(self, client, product, sku):
        options = client.get(product.get_absolute_url(), {"sku": sku}).context["options"]
        return [
            [(c.label, c.variant and c.variant.sku, c.is_chosen) for c in option.choices]
            for option in options
        ]

    def test_another_colour_keeps_the_size_where_it_is_made(self, client, shirt):
        assert self.rows(client, shirt, "P-L") == [
            [("Pirus", "P-L", True), ("Nila", "N-L", False)],
            [("S", "P-S", False), ("L", "P-L", True), ("XL", None, False)],
        ]

    def test_else_it_leads_to_what_can_be_bought(self, client, shirt):
        assert self.rows(client, shirt, "P-S")[0] == [
            ("Pirus", "P-S", True),
            ("Nila", "N-XL", False),
        ]

    @pytest.mark.parametrize(
        ("sku", "price", "words"),
        [
            ("P-S", "Rp150.000", "Sisa 3."),
            ("P-L", "Rp175.000", "Tersedia."),
            ("N-L", "Rp190.000", "Habis."),
            ("N-XL", "Rp200.000", "Sisa 2."),
        ],
    )
    def test_price_and_stock_are_those_of_the_chosen(self, client, shirt, sku, price, words):
        html = client.get(shirt.get_absolute_url(), {"sku": sku}).text

        assert f'<p class="buy-box__price">{price}</p>' in html
        assert f"<strong>{words}</strong>" in html

    def test_its_photo_comes_first(self, client, shirt):
        PhotoFactory(product=shirt, position=1)
        own = PhotoFactory(product=shirt, position=2, variant=shirt.variants.get(sku="N-L"))

        plain = client.get(shirt.get_absolute_url()).context["photos"]
        named = client.get(shirt.get_absolute_url(), {"sku": "N-L"}).context["photos"]

        assert [photo.position for photo in plain] == [0, 1, 2]
        assert named == [own, plain[0], plain[1]]

    def test_one_option_is_one_row_and_one_variant_is_no_choice(self, client):
        single = ProductFactory()
        double = ProductFactory(option1_name="Ukuran", variant__option1="S")
        VariantFactory(product=double, option1="L")

        assert client.get(single.get_absolute_url()).context["options"] == []
        [row] = self.rows(client, double, "")
        assert [(label, chosen) for label, _sku, chosen in row] == [("S", True), ("L", False)]


class TestSoldPiece:
    def test_it_stays_readable_and_shows_what_is_like_it_first(self, client):
        sold = ProductFactory(variant__supply="one_of_a_kind", variant__on_hand=0)
        ProductFactory(artisan=sold.artisan, category=sold.category)
        ProductFactory(category=sold.category)

        response = client.get(sold.get_absolute_url())

        assert response.status_code == 200
        assert response.context["product"].badge == "sold"
        assert "<strong>Terjual.</strong>" in response.text
        assert "Tanya tentang karya ini" not in response.text
        assert response.text.index('id="similar"') < response.text.index('id="more"')
        assert "Terjual" in client.get("/katalog/").text

    def test_a_promised_piece_is_not_sold_yet(self, client):
        held = ProductFactory(
            variant__supply="one_of_a_kind", variant__on_hand=1, variant__reserved=1
        )

        html = client.get(held.get_absolute_url()).text

        assert "<strong>Habis.</strong>" in html
        assert "Terjual" not in html


class TestAsking:
    def asked(self, client, product, **query):
        return client.get(product.get_absolute_url(), query).context["sharing"]

    @pytest.fixture
    def work(self):
        product = ProductFactory(
            name='Kain "Semeru" & riak', option1_name="Ukuran", variant__option1="S"
        )
        VariantFactory(product=product, option1="L", sku="BESAR")
        return product

    def test_whatsapp_goes_to_the_council_with_work_and_variant_named(self, client, settings, work):
        settings.SITE = {**settings.SITE, "whatsapp": "628123"}

        ask = urlsplit(self.asked(client, work, sku="BESAR").ask)

        assert (ask.netloc, ask.path) == ("wa.me", "/628123")
        assert parse_qs(ask.query)["text"] == [
            (
                'Halo, saya ingin bertanya tentang “Kain "Semeru" & riak (L)”.\n'
                f"http://testserver{work.get_absolute_url()}?sku=BESAR"
            )
        ]

    def test_without_a_number_it_is_an_e_mail_else_the_contact_page(self, client, settings, work):
        assert self.asked(client, work).ask == "/kontak/"
        settings.SITE = {**settings.SITE, "email": "meja@contoh.example"}
        assert self.asked(client, work).ask.startswith("mailto:meja@contoh.example?subject=Kain%20")

    def test_sharing_carries_name_price_and_address(self, client, work):
        link = urlsplit(self.asked(client, work).whatsapp)

        assert parse_qs(link.query)["text"] == [
            f'Kain "Semeru" & riak, Rp150.000\nhttp://testserver{work.get_absolute_url()}'
        ]

    def test_who_sells_and_who_runs_the_site_is_said(self, client, settings):
        settings.SITE = {**settings.SITE, "email": "meja@contoh.example"}
        artisan = ArtisanFactory(joined_on=datetime.date(2026, 8, 17))
        html = client.get(ProductFactory(artisan=artisan).get_absolute_url()).text

        for words in ("Penjual", artisan.name, "17 Agustus 2026", "meja@contoh.example"):
            assert words in html
