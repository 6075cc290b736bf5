"""A changed address goes on leading to its page."""

import pytest
from django.urls import reverse

from artisans.models import Artisan
from catalogue.models import Collection, Motif, Product, Story
from tests.factories import (
    ArtisanFactory,
    DraftFactory,
    MotifFactory,
    ProductFactory,
    StoryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def rename(row, slug: str):
    row.slug = slug
    row.save()
    return row


class TestRedirects:
    def test_a_former_address_leads_to_the_present_one_for_good(self, client):
        rename(ProductFactory(slug="lama"), "baru")

        response = client.get("/produk/lama/")

        assert response.status_code == 301
        assert response["Location"] == "/produk/baru/"
        assert client.get("/produk/baru/").status_code == 200

    def test_language_and_query_are_kept(self, client):
        rename(ArtisanFactory(slug="lama"), "baru")
        rename(ProductFactory(slug="lama"), "baru")

        assert client.get("/en/artisans/lama/?page=2")["Location"] == "/en/artisans/baru/?page=2"
        assert client.get("/en/products/lama/?sku=A%26B")["Location"] == (
            "/en/products/baru/?sku=A%26B"
        )

    def test_every_former_address_leads_straight_to_the_last(self, client):
        work = ProductFactory(slug="satu")
        rename(rename(work, "dua"), "tiga")

        for slug in ("satu", "dua"):
            assert client.get(f"/produk/{slug}/")["Location"] == "/produk/tiga/"

    def test_going_back_leaves_no_circle(self, client):
        work = rename(rename(ProductFactory(slug="satu"), "dua"), "satu")

        assert work.former_slugs == ["dua"]
        assert client.get("/produk/satu/").status_code == 200
        assert client.get("/produk/dua/")["Location"] == "/produk/satu/"

    def test_a_slug_that_another_row_has_now_is_that_row_s(self, client):
        rename(ProductFactory(slug="rebutan"), "baru")
        heir = ProductFactory(slug="rebutan")

        assert client.get("/produk/rebutan/").context["product"] == heir

    def test_who_left_a_slug_last_is_found_at_it(self, client):
        first = rename(ProductFactory(slug="rebutan"), "pertama")
        rename(ProductFactory(slug="rebutan"), "kedua")

        first.refresh_from_db()
        assert first.former_slugs == []
        assert client.get("/produk/rebutan/")["Location"] == "/produk/kedua/"

    def test_what_is_not_published_leaks_no_address(self, client):
        rename(DraftFactory(slug="lama"), "rahasia")
        rename(ArtisanFactory(slug="lama", status="suspended"), "rahasia")

        for url in ("/produk/lama/", "/perajin/lama/", "/en/products/lama/"):
            response = client.get(url)
            assert response.status_code == 404
            assert "rahasia" not in response.text


class TestRemembering:
    @pytest.mark.parametrize(
        ("make", "model"),
        [
            (ProductFactory, Product),
            (ArtisanFactory, Artisan),
            (MotifFactory, Motif),
            (StoryFactory, Story),
            (lambda slug: Collection.objects.create(title="K", slug=slug, intro="x"), Collection),
        ],
    )
    def test_each_kind_of_row_remembers(self, make, model):
        make(slug="lama")
        rename(model.objects.get(slug="lama"), "baru")

        assert model.objects.get(slug="baru").former_slugs == ["lama"]

    def test_saving_the_slug_alone_is_enough_and_saving_others_forgets_nothing(self):
        work = Product.objects.get(pk=ProductFactory(slug="lama").pk)
        work.slug = "baru"
        work.save(update_fields=["description"])
        assert Product.objects.get(pk=work.pk).former_slugs == []

        work.save(update_fields=["slug"])
        assert Product.objects.get(pk=work.pk).former_slugs == ["lama"]

    def test_a_row_without_its_slug_loaded_may_be_saved(self):
        ProductFactory(slug="lama")
        work = Product.objects.defer("slug").get()
        work.save()

        assert Product.objects.get().former_slugs == []

    def test_the_desk_changes_a_slug(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        admin = UserFactory(is_staff=True, is_superuser=True)
        client.force_login(admin)
        motif = MotifFactory(slug="lama")
        fields = {"name": motif.name, "meaning": "Makna.", "source": "Buku", "position": 0}

        response = client.post(
            reverse("admin:catalogue_motif_change", args=[motif.pk]), {**fields, "slug": "baru"}
        )

        assert response.status_code == 302
        motif.refresh_from_db()
        assert (motif.slug, motif.former_slugs) == ("baru", ["lama"])
