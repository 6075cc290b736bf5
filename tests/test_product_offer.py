"""What the page of a work offers: the choice, a sold piece, asking."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from catalogue import listing
from tests.factories import (
    ArtisanFactory,
    PhotoFactory,
    ProductFactory,
    VariantFactory,
)

pytestmark = pytest.mark.django_db


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
