"""The form of an address: dependent choices, other countries, bad input."""

import pytest
from django.utils import translation

from accounts.address_form import AddressForm, PostalAddressForm, initial_of
from accounts.models import Address
from tests.address_rows import ABROAD, HOME, options, owner, regions
from tests.factories import UserFactory

__all__ = ["owner", "regions"]  # fixtures


pytestmark = pytest.mark.django_db


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
