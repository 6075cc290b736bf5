"""The addresses that people keep, and the regions that a script asks for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import address_book
from accounts.models import Address
from tests.address_rows import ABROAD, HOME, owner, regions
from tests.factories import AddressFactory

__all__ = ["owner", "regions"]  # fixtures


pytestmark = pytest.mark.django_db


class TestBook:
    def test_the_first_address_is_the_usual_one(self, client, owner, regions):
        client.post("/akun/alamat/baru/", HOME)
        client.post("/akun/alamat/baru/", {**HOME, "label": "Kantor"})

        kept = Address.objects.for_user(owner)
        assert [(a.label, a.is_default) for a in kept] == [("", True), ("Kantor", False)]

    def test_a_new_usual_address_takes_the_place_of_the_old(self, client, owner, regions):
        AddressFactory(user=owner, is_default=True, label="Rumah")

        response = client.post(
            "/akun/alamat/baru/", {**HOME, "label": "Kantor", "is_default": "on"}
        )

        assert (response.status_code, response["Location"]) == (302, "/akun/alamat/")
        assert Address.objects.get(is_default=True).label == "Kantor"

    def test_making_one_the_usual_one(self, client, owner):
        AddressFactory(user=owner, is_default=True)
        other = AddressFactory(user=owner)

        client.post(f"/akun/alamat/{other.pk}/utama/")

        assert Address.objects.get(is_default=True) == other

    def test_when_the_usual_one_is_deleted_the_newest_follows(self, client, owner):
        usual = AddressFactory(user=owner, is_default=True)
        AddressFactory(user=owner)
        newest = AddressFactory(user=owner)

        client.post(f"/akun/alamat/{usual.pk}/hapus/")

        assert Address.objects.get(is_default=True) == newest
        assert Address.objects.count() == 2

    def test_the_book_has_an_end(self, client, owner, regions, monkeypatch):
        monkeypatch.setattr(address_book, "MOST", 1)
        only = AddressFactory(user=owner, is_default=True)

        response = client.post("/akun/alamat/baru/", HOME)

        assert "Daftar alamat Anda sudah penuh" in response.text
        assert Address.objects.get() == only
        changed = client.post(f"/akun/alamat/{only.pk}/", {**HOME, "label": "Rumah"})
        assert changed.status_code == 302


class TestPages:
    def test_the_list_shows_own_addresses_and_nobody_else_s(self, client, owner):
        AddressFactory(user=owner, label="Rumah", street="Jl. Sendiri")
        AddressFactory(street="Jl. Orang Lain")

        text = client.get("/akun/alamat/").text

        assert "Jl. Sendiri" in text
        assert "Jl. Orang Lain" not in text
        assert '<meta name="robots" content="noindex">' in text

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same_for_one_and_for_three(self, client, owner, count):
        for _ in range(count):
            AddressFactory(user=owner)
        client.get("/akun/alamat/")

        with CaptureQueriesContext(connection) as queries:
            client.get("/akun/alamat/")

        ours = [q for q in queries if "accounts_address" in q["sql"] or "region" in q["sql"]]
        assert len(ours) == 1

    def test_an_empty_list_says_what_comes_next(self, client, owner):
        assert "Belum ada alamat" in client.get("/akun/alamat/").text
        assert "No address yet" in client.get("/en/account/addresses/").text

    def test_a_new_address_begins_with_what_is_known_of_the_person(self, client, owner, regions):
        owner.phone = "+6281234567890"
        owner.save()

        form = client.get("/akun/alamat/baru/").context["form"]

        assert form["recipient"].value() == "Bu Sri Contoh"
        assert form["phone"].value() == "+6281234567890"

    def test_an_address_is_changed(self, client, owner, regions):
        address = AddressFactory(user=owner, is_default=True, label="Rumah")
        url = f"/akun/alamat/{address.pk}/"

        assert 'value="Jl. Contoh No. 1"' in client.get(url).text
        assert client.post(url, {**ABROAD, "label": "Leiden"}).status_code == 302

        address.refresh_from_db()
        assert (address.country, address.city, address.label) == ("NL", "Leiden", "Leiden")
        assert (address.region, address.village, address.is_default) == (None, "", True)

    def test_what_was_written_stays_when_something_is_wrong(self, client, owner, regions):
        response = client.post("/akun/alamat/baru/", {**HOME, "postcode": "6737"})

        assert response.status_code == 200
        assert "<title>Galat:" in response.text
        assert 'value="Tempeh Tengah"' in response.text
        assert '<option value="35.08.05" selected data-postcode="67371">' in response.text
        assert Address.objects.exists() is False

    def test_the_button_saves_nothing(self, client, owner, regions):
        response = client.post("/akun/alamat/baru/", {**HOME, "refresh": "1"})

        assert response.status_code == 200
        assert "Galat" not in response.text
        assert Address.objects.exists() is False

    def test_a_stranger_finds_nothing(self, client, owner, regions):
        address = AddressFactory(is_default=True, label="Rumah")
        url = f"/akun/alamat/{address.pk}/"

        assert client.get(url).status_code == 404
        assert client.post(url, HOME).status_code == 404
        assert client.get(url + "hapus/").status_code == 404
        assert client.post(url + "hapus/").status_code == 404
        assert client.post(url + "utama/").status_code == 404
        address.refresh_from_db()
        assert (address.street, address.is_default) == ("Jl. Contoh No. 1", True)

    @pytest.mark.parametrize("path", ["", "baru/", "1/", "1/hapus/"])
    def test_who_is_not_signed_in_signs_in_first(self, client, path):
        response = client.get(f"/akun/alamat/{path}")

        assert response["Location"] == f"/akun/login/?next=/akun/alamat/{path}"
        assert client.post("/akun/alamat/1/utama/").status_code == 302

    def test_deleting_asks_first(self, client, owner):
        address = AddressFactory(user=owner)

        assert "Hapus alamat ini?" in client.get(f"/akun/alamat/{address.pk}/hapus/").text
        assert Address.objects.count() == 1

    def test_wrong_methods_are_refused(self, client, owner):
        pk = AddressFactory(user=owner).pk

        assert client.post("/akun/alamat/").status_code == 405
        assert client.get(f"/akun/alamat/{pk}/utama/").status_code == 405
        assert client.delete(f"/akun/alamat/{pk}/hapus/").status_code == 405
        assert client.post("/wilayah/").status_code == 405


class TestRegions:
    def test_the_parts_of_a_regency_with_their_postcodes(self, client, regions):
        response = client.get("/wilayah/?parent=35.08")

        assert response.text.split("\n")[0] == '<option value="" selected>Pilih kecamatan</option>'
        assert '<option value="35.08.05" data-postcode="67371">Tempeh</option>' in response.text
        assert "Kuta" not in response.text
        assert response["Cache-Control"] == "public, max-age=86400"

    def test_the_parts_of_a_province_in_english(self, client, regions):
        text = client.get("/en/regions/?parent=51").text

        assert "Choose a regency or city" in text
        assert '<option value="51.03">Kabupaten Badung</option>' in text

    @pytest.mark.parametrize("parent", ["", "99", "35.08.05", "35.8", "٣٥", "\x00", "35' OR 1=1"])
    def test_what_has_no_parts_is_not_found(self, client, regions, parent):
        assert client.get("/wilayah/", {"parent": parent}).status_code == 404
