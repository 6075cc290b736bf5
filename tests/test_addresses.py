"""A person's addresses: writing them with and without scripts, keeping them, drawing labels."""

import pytest
from django.db import IntegrityError, transaction

from accounts import countries
from accounts.models import Address
from tests.address_rows import owner, regions
from tests.factories import AddressFactory

__all__ = ["owner", "regions"]  # fixtures


pytestmark = pytest.mark.django_db


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
