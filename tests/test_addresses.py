"""A person's addresses: writing them with and without scripts, keeping them, drawing labels."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts import address_book, countries
from accounts.address_form import AddressForm, PostalAddressForm, initial_of
from accounts.models import Address
from tests.factories import AddressFactory, RegionFactory, UserFactory, tempeh

pytestmark = pytest.mark.django_db

HOME = {
    "recipient": "Bu Sri Contoh",
    "phone": "0812-3456-7890",
    "country": "ID",
    "province": "35",
    "regency": "35.08",
    "district": "35.08.05",
    "village": "Tempeh Tengah",
    "street": "Jl. Melati No. 5",
    "rt": "1",
    "rw": "12",
    "postcode": "",
    "landmark": "seberang masjid",
}
ABROAD = {
    "recipient": "Anna Voorbeeld",
    "phone": "06 12345678",
    "country": "NL",
    "street": "Voorbeeldstraat 7",
    "city": "Leiden",
    "postcode": "2311 ab",
}


@pytest.fixture
def regions():
    """Two districts of Lumajang and a neighbour in another province."""
    lumajang = tempeh().parent
    bali = RegionFactory(code="51", name="Bali", level="province")
    badung = RegionFactory(code="51.03", name="Kabupaten Badung", level="regency", parent=bali)
    for code, name, parent, postcode in [
        ("35.08.04", "Pasirian", lumajang, "67372"),
        ("51.03.01", "Kuta", badung, "80361"),
    ]:
        RegionFactory(code=code, name=name, level="district", parent=parent, postcode=postcode)


@pytest.fixture
def owner(client):
    user = UserFactory(name="Bu Sri Contoh")
    client.force_login(user)
    return user


def options(form, name) -> list[str]:
    return [code for code, _ in form.fields[name].choices if code]


class TestForm:
    def test_an_indonesian_address_is_understood(self, regions):
        form = PostalAddressForm(HOME)

        assert form.is_valid() is True, form.errors
        assert form.snapshot() == {
            "recipient": "Bu Sri Contoh",
            "phone": "+6281234567890",
            "country": "ID",
            "region_id": "35.08.05",
            "village": "Tempeh Tengah",
            "street": "Jl. Melati No. 5",
            "rt": "001",
            "rw": "012",
            "postcode": "67371",
            "landmark": "seberang masjid",
            "city": "",
            "state": "",
        }

    def test_a_postcode_that_differs_from_the_usual_one_is_kept(self, regions):
        form = PostalAddressForm({**HOME, "postcode": "67399"})

        assert form.is_valid() is True
        assert form.snapshot()["postcode"] == "67399"

    def test_a_foreign_address_is_understood(self, regions):
        form = PostalAddressForm({**ABROAD, "district": "35.08.05", "village": "x"})

        assert form.is_valid() is True, form.errors
        told = form.snapshot()
        assert (told["phone"], told["postcode"]) == ("+31612345678", "2311 AB")
        assert (told["region_id"], told["village"], told["state"]) == (None, "", "")

    def test_the_snapshot_fits_a_row_and_a_row_fits_the_form(self, regions):
        for sent in (HOME, ABROAD):
            form = PostalAddressForm(sent)
            form.is_valid()
            row = Address(user=UserFactory(), **form.snapshot())
            row.save()
            again = AddressForm(initial=initial_of(Address.objects.with_region().get(pk=row.pk)))
            data = {name: again[name].value() for name in again.fields}
            second = PostalAddressForm({k: v for k, v in data.items() if v is not None})
            assert second.is_valid() is True, second.errors
            assert second.snapshot() == form.snapshot()

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"province": ""}, "province", "Pilih provinsi"),
            ({"regency": ""}, "regency", "Pilih kabupaten atau kota"),
            ({"district": ""}, "district", "Pilih kecamatan"),
            ({"village": " "}, "village", None),
            ({"street": ""}, "street", None),
            ({"recipient": ""}, "recipient", None),
            ({"recipient": "a\x00b"}, "recipient", None),
            ({"rt": "12a"}, "rt", "Tulis paling banyak tiga angka."),
            ({"rw": "١٢"}, "rw", "Tulis paling banyak tiga angka."),
            ({"postcode": "6737"}, "postcode", "Tulis lima angka."),
            ({"postcode": "٦٧٣٧١"}, "postcode", "Tulis lima angka."),
            ({"phone": "08123"}, "phone", "Nomor telepon ini kurang lengkap atau tidak ada."),
            ({"country": "Indonesia"}, "country", None),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, regions, changes, field, sentence):
        form = PostalAddressForm({**HOME, **changes})

        assert field in form.errors
        if sentence:
            assert form.errors[field] == [sentence]

    @pytest.mark.parametrize(
        "changes",
        [
            {"district": "51.03.01"},  # of another regency
            {"district": "35.08"},  # of another level
            {"district": "35.08.05' OR 1"},
            {"district": "\x00"},
            {"regency": "51.03", "district": "51.03.01"},  # of another province
            {"regency": "35"},
            {"province": "35.08", "regency": "35.08.05", "district": ""},
        ],
    )
    def test_a_forged_region_is_refused(self, regions, changes):
        form = PostalAddressForm({**HOME, **changes})

        assert form.is_valid() is False
        assert form.errors["district"] == ["Pilih kecamatan"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"city": ""}, "city"),
            ({"postcode": ""}, "postcode"),
            ({"postcode": "12345"}, "postcode"),
            ({"phone": "0812-3456-7890"}, "phone"),
            ({"country": "US", "postcode": "10001", "phone": "+1 212 555 2368"}, "state"),
        ],
    )
    def test_what_a_foreign_country_needs(self, regions, changes, field):
        form = PostalAddressForm({**ABROAD, **changes})

        assert list(form.errors) == [field]

    def test_fields_that_a_country_has_not_are_not_asked(self, regions):
        assert {"state", "district", "village"}.isdisjoint(PostalAddressForm(ABROAD).fields)
        assert "postcode" not in PostalAddressForm({"country": "HK"}).fields
        assert "city" not in PostalAddressForm(HOME).fields

    def test_where_we_know_no_habit_nothing_is_demanded(self, regions):
        form = PostalAddressForm(
            {**ABROAD, "country": "KE", "phone": "+254 712 345678", "postcode": ""}
        )

        assert form.is_valid() is True, form.errors

    def test_the_sentences_are_english_on_an_english_page(self, regions):
        with translation.override("en"):
            form = PostalAddressForm({**HOME, "district": ""})
            assert form.errors["district"] == ["Choose a district"]
            assert ("DE", "Germany") in form.fields["country"].choices
        assert ("DE", "Jerman") in PostalAddressForm().fields["country"].choices


class TestWithoutScripts:
    def test_an_empty_form_offers_provinces_and_nothing_below(self, regions):
        form = PostalAddressForm()

        assert options(form, "province") == ["51", "35"]
        assert options(form, "regency") == options(form, "district") == []

    def test_the_button_draws_what_follows_from_the_choice_and_accuses_nobody(self, regions):
        form = PostalAddressForm({"refresh": "1", "province": "35", "recipient": "Bu Sri"})

        assert options(form, "regency") == ["35.08"]
        assert (form.is_valid(), form.errors) == (False, {})
        assert form["recipient"].value() == "Bu Sri"

    def test_choosing_another_province_empties_what_hung_on_the_first(self, regions):
        form = PostalAddressForm({**HOME, "refresh": "1", "province": "51"})

        assert options(form, "regency") == ["51.03"]
        assert options(form, "district") == []

    @pytest.mark.parametrize(
        ("chosen", "name"),
        [
            ({}, "province"),
            ({"province": "35"}, "regency"),
            ({"province": "35", "regency": "35.08"}, "district"),
            (HOME, "village"),
            (ABROAD, "street"),
        ],
    )
    def test_the_reader_goes_on_where_the_next_question_stands(self, regions, chosen, name):
        form = PostalAddressForm({**chosen, "refresh": "1"})

        focused = [field.name for field in form if "autofocus" in str(field)]
        assert focused == [name]

    def test_the_usual_postcode_is_offered(self, regions):
        assert PostalAddressForm({**HOME, "refresh": "1"})["postcode"].value() == "67371"

    def test_the_button_shows_the_fields_of_another_country(self, regions):
        form = PostalAddressForm({**HOME, "refresh": "1", "country": "US"})

        assert list(form.fields) == [
            "recipient",
            "phone",
            "country",
            "street",
            "city",
            "state",
            "postcode",
        ]
        assert form["street"].value() == "Jl. Melati No. 5"


class TestLines:
    def test_an_indonesian_label_narrows_down_to_the_province(self):
        address = AddressFactory(rt="001", rw="012", landmark="seberang masjid")

        assert address.lines() == [
            "Bu Contoh",
            "Jl. Contoh No. 1, RT 001/RW 012",
            "Desa Contoh, Kec. Tempeh",
            "Kabupaten Lumajang, Jawa Timur 67371",
            "Patokan: seberang masjid",
        ]

    @pytest.mark.parametrize(
        ("country", "city", "state", "postcode", "last"),
        [
            ("US", "New York", "NY", "10001", ["New York NY 10001", "UNITED STATES"]),
            ("CA", "Toronto", "ON", "M5V 3L9", ["Toronto ON M5V 3L9", "CANADA"]),
            ("AU", "Sydney", "NSW", "2000", ["Sydney NSW 2000", "AUSTRALIA"]),
            ("GB", "London", "", "SW1A 1AA", ["London", "SW1A 1AA", "UNITED KINGDOM"]),
            ("IE", "Cork", "", "T12 X8XY", ["Cork", "T12 X8XY", "IRELAND"]),
            ("JP", "Shibuya-ku", "Tokyo", "150-0002", ["Shibuya-ku, Tokyo 150-0002", "JAPAN"]),
            ("KR", "Jongno-gu", "Seoul", "03187", ["Jongno-gu", "Seoul 03187", "SOUTH KOREA"]),
            ("CN", "Beijing", "", "100000", ["Beijing", "100000", "CHINA"]),
            ("TW", "Taipei", "", "100", ["Taipei 100", "TAIWAN"]),
            ("SG", "Singapore", "", "018956", ["Singapore 018956", "SINGAPORE"]),
            ("MY", "Ipoh", "Perak", "30000", ["30000 Ipoh", "Perak", "MALAYSIA"]),
            ("DE", "Berlin", "", "10115", ["10115 Berlin", "GERMANY"]),
            ("IT", "Milano", "MI", "20121", ["20121 Milano MI", "ITALY"]),
            ("HK", "Kowloon", "", "", ["Kowloon", "HONG KONG SAR CHINA"]),
            ("BR", "Recife", "PE", "50030-230", ["Recife - PE", "50030-230", "BRAZIL"]),
            ("KE", "Nairobi", "", "", ["Nairobi", "KENYA"]),
        ],
    )
    def test_other_countries_write_theirs(self, country, city, state, postcode, last):
        address = AddressFactory.build(
            country=country, region=None, village="", city=city, state=state, postcode=postcode
        )

        assert address.lines() == ["Bu Contoh", "Jl. Contoh No. 1", *last]

    def test_they_cost_no_query_when_the_region_is_loaded(self, django_assert_num_queries):
        AddressFactory()
        address = Address.objects.with_region().get()

        with django_assert_num_queries(0):
            assert len(address.lines()) == 4
            assert str(address.province) == "Jawa Timur"


class TestCountries:
    def test_the_list_is_iso_s_in_both_languages(self):
        for language in ("id", "en"):
            codes = [code for code, _ in countries.choices(language)]
            assert len(codes) == len(set(codes)) == 249
            assert {"ID", "NL", "TL"} < set(codes)
            assert countries.HABITS.keys() <= set(codes)

    def test_it_is_sorted_as_people_read(self):
        names = [name for _, name in countries.choices("en")]

        assert names.index("Åland Islands") == names.index("Afghanistan") + 1


class TestDatabase:
    @pytest.mark.parametrize(
        "changes",
        [
            {"country": "id"},
            {"country": "NL"},  # with a region and without a city
            {"region": None},
            {"postcode": ""},
            {"postcode": "6737"},
            {"village": ""},
            {"rt": "1"},
        ],
    )
    def test_an_incomplete_address_is_refused(self, changes):
        with pytest.raises(IntegrityError), transaction.atomic():
            AddressFactory(**changes)

    def test_one_person_has_one_usual_address(self):
        first = AddressFactory(is_default=True)
        AddressFactory(is_default=True)

        with pytest.raises(IntegrityError), transaction.atomic():
            AddressFactory(user=first.user, is_default=True)


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
