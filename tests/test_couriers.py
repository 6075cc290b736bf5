"""What sending costs: the rules of the carriers, and the demo's table of rates from Lumajang."""

import csv
import tomllib
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.regions import REGIONS_CSV
from orders.couriers import rates
from orders.couriers.base import NotCarried, Offer, Parcel, Refusal, Rules, Tariff
from orders.couriers.zones import places

TABLE = tomllib.loads(
    (settings.BASE_DIR / "orders/data/couriers.toml").read_text(), parse_float=Decimal
)
ZONES = {place: zone["code"] for zone in TABLE["zone"] for place in zone["places"]}


def rules_of(code: str) -> Rules:
    row = next(row for row in TABLE["service"] if row["code"] == code)
    told = {name: row[name] for name in Rules.__dataclass_fields__ if name != "excluded"}
    return Rules(**told, excluded=frozenset())


def tariff_of(code: str, zone: str) -> Tariff:
    row = next(row for row in TABLE["rates"][code] if row["zone"] == zone)
    return Tariff(**{name: row[name] for name in Tariff.__dataclass_fields__})


JNE, CARGO, EMS = rules_of("jne-reg"), rules_of("jnt-cargo"), rules_of("ems")
TARIFF = Tariff(Decimal(1), 18_000, 15_000, 2, 4)


def parcel(grams: int, length=10, width=10, height=10, value=100_000, categories=()) -> Parcel:
    return Parcel(grams, length, width, height, value, frozenset(categories))


class TestWeight:
    @pytest.mark.parametrize(
        ("sent", "kilos"),
        [
            (parcel(250, 35, 25, 4), 1),
            (parcel(1300), 1),
            (parcel(1301), 2),
            (parcel(1310), 2),
            (parcel(2000), 2),
            (parcel(600, 40, 40, 35), 10),  # a lamp shade: 9.333 by its size
            (parcel(1800, 45, 12, 90), 8),  # a rolled mat: 8.1
        ],
    )
    def test_jne_forgives_three_hundred_grams_and_charges_the_larger_of_weight_and_size(
        self, sent, kilos
    ):
        assert rates.chargeable_kg(sent, JNE) == kilos

    def test_size_counts_to_the_gram(self):
        assert rates.volumetric_kg(parcel(600, 40, 40, 35), JNE) == Decimal("9.334")
        assert rates.volumetric_kg(parcel(1800, 45, 12, 90), JNE) == Decimal("8.1")

    @pytest.mark.parametrize(
        ("sent", "kilos"),
        [(parcel(600), "11"), (parcel(11_001), "11.001"), (parcel(600, 100, 60, 10), "12")],
    )
    def test_jt_cargo_does_not_round_above_its_base_of_eleven_kilos(self, sent, kilos):
        assert rates.chargeable_kg(sent, CARGO) == Decimal(kilos)

    def test_a_truck_counts_ten_kilos_at_least(self):
        assert rates.chargeable_kg(parcel(600), rules_of("jne-jtr")) == 10

    def test_size_does_not_count_without_a_divisor(self):
        flat = Rules(Decimal(1), Decimal(0), 0, None, None, True, Decimal(0), 0, frozenset())

        assert rates.chargeable_kg(parcel(900, 90, 90, 90), flat) == 1


class TestPrice:
    def test_the_first_kilo_and_each_further_one(self):
        offer = rates.offer(parcel(2500), JNE, TARIFF, insured=False)

        assert offer == Offer(18_000 + 2 * 15_000, 0, Decimal(3), 2, 4)

    def test_part_of_a_kilo_costs_its_part_and_a_broken_rupiah_a_whole_one(self):
        tariff = Tariff(Decimal(11), 42_000, 3_801, 3, 5)

        offer = rates.offer(parcel(11_001), CARGO, tariff, insured=False)

        assert offer.price == 42_000 + 4

    @pytest.mark.parametrize(
        ("value", "asked"),
        [(100_000, 5_000), (2_500_000, 5_000), (3_000_000, 6_000), (3_000_001, 6_001)],
    )
    def test_insurance_is_two_in_a_thousand_but_not_below_its_least(self, value, asked):
        offer = rates.offer(parcel(1000, value=value), JNE, TARIFF, insured=True)

        assert (offer.price, offer.insurance) == (18_000, asked)

    def test_a_known_parcel_to_malaysia_costs_what_the_post_office_asked(self):
        tariff = tariff_of("ems", ZONES["MY"])

        assert rates.offer(parcel(1400), EMS, tariff, insured=False).price == 325_000


class TestRefusal:
    CAREFUL = Rules(
        Decimal(1), Decimal(0), 6000, Decimal(30), 150, True, Decimal(0), 0, frozenset({7})
    )

    @pytest.mark.parametrize(
        ("sent", "tariff", "reason"),
        [
            (parcel(1000), None, Refusal.NOT_SERVED),
            (parcel(1000, categories={3, 7}), TARIFF, Refusal.EXCLUDED),
            (parcel(30_001), TARIFF, Refusal.TOO_HEAVY),
            (parcel(1000, 10, 151, 10), TARIFF, Refusal.TOO_LONG),
        ],
    )
    def test_each_reason(self, sent, tariff, reason):
        assert rates.refusal(sent, self.CAREFUL, tariff) == reason
        with pytest.raises(NotCarried) as refused:
            rates.offer(sent, self.CAREFUL, tariff, insured=False)
        assert refused.value.refusal == reason

    def test_what_reaches_the_limits_is_carried(self):
        sent = parcel(30_000, 150, 1, 1, categories={3})

        assert rates.refusal(sent, self.CAREFUL, TARIFF) is None
        assert rates.refusal(parcel(900_000, 900), rules_without_limits(), TARIFF) is None

    def test_the_reason_is_a_sentence_in_both_languages(self):
        with translation.override("id"):
            assert Refusal.TOO_HEAVY.label == "Paket terlalu berat untuk kurir ini."
        with translation.override("en"):
            assert Refusal.TOO_HEAVY.label == "The parcel is too heavy for this courier."


def rules_without_limits() -> Rules:
    return Rules(Decimal(1), Decimal(0), 6000, None, None, True, Decimal(0), 0, frozenset())


grams = st.integers(1, 100_000)
sides = st.integers(1, 300)
parcels = st.builds(Parcel, grams, sides, sides, sides, st.integers(0, 10**9))
every_rule = st.sampled_from([rules_of(row["code"]) for row in TABLE["service"]])


class TestForEveryParcel:
    @given(parcels, every_rule, grams)
    def test_a_heavier_one_never_costs_less(self, sent, rules, more):
        heavier = Parcel(
            sent.weight_g + more, sent.length_cm, sent.width_cm, sent.height_cm, sent.value
        )
        free = unlimited(rules)

        light = rates.offer(sent, free, TARIFF, insured=True)
        heavy = rates.offer(heavier, free, TARIFF, insured=True)

        assert heavy.chargeable_kg >= light.chargeable_kg
        assert heavy.price >= light.price

    @given(parcels, every_rule)
    def test_nothing_is_charged_below_the_least_or_forgiven_above_the_tolerance(self, sent, rules):
        kilos = rates.chargeable_kg(sent, rules)
        real = max(rates.actual_kg(sent), rates.volumetric_kg(sent, rules))

        assert kilos >= rules.min_kg
        assert kilos >= real - rules.tolerance_kg
        assert kilos < max(real + 1, rules.min_kg + 1)

    @given(parcels, every_rule)
    def test_turning_it_round_changes_nothing(self, sent, rules):
        turned = Parcel(sent.weight_g, sent.height_cm, sent.length_cm, sent.width_cm, sent.value)

        assert rates.chargeable_kg(turned, rules) == rates.chargeable_kg(sent, rules)
        assert rates.refusal(turned, rules, TARIFF) == rates.refusal(sent, rules, TARIFF)


def unlimited(rules: Rules) -> Rules:
    fields = {name: getattr(rules, name) for name in Rules.__dataclass_fields__}
    return Rules(**{**fields, "max_kg": None, "max_side_cm": None})


class TestTable:
    def regions(self) -> list[str]:
        with REGIONS_CSV.open(encoding="utf-8", newline="") as file:
            return [row["code"] for row in csv.DictReader(file)]

    def test_a_place_stands_in_one_zone_only(self):
        listed = Counter(place for zone in TABLE["zone"] for place in zone["places"])

        assert {place for place, times in listed.items() if times > 1} == set()

    def test_every_province_falls_in_exactly_one_zone(self):
        provinces = {code for code in self.regions() if len(code) == 2}

        assert len(provinces) == 38
        assert {place for place in ZONES if place.isdecimal()} == provinces

    def test_every_code_that_a_zone_lists_is_a_region(self):
        codes = set(self.regions())

        assert [p for p in ZONES if p[0].isdecimal() and p not in codes] == []

    @pytest.mark.parametrize(
        ("address", "zone"),
        [
            (("ID", "35.08.01"), "lumajang"),
            (("ID", "35.07.01"), "jawa-timur"),
            (("ID", "31.71.01"), "jawa-barat"),
            (("ID", "91.71.01"), "papua"),
            (("SG",), "malaysia-singapura"),
            (("NL",), "eropa-amerika"),
        ],
    )
    def test_the_most_specific_place_wins(self, address, zone):
        found = [ZONES[place] for place in places(*address) if place in ZONES]

        assert found[0] == zone

    def test_a_country_outside_the_table_is_not_served(self):
        assert [place for place in places("AQ") if place in ZONES] == []

    def test_each_rate_names_a_known_zone_once_and_no_zone_is_idle(self):
        zones = {zone["code"] for zone in TABLE["zone"]}
        services = {service["code"]: service["kind"] for service in TABLE["service"]}
        used = [(code, row["zone"]) for code, rows in TABLE["rates"].items() for row in rows]

        assert TABLE["rates"].keys() == services.keys()
        assert {zone for _, zone in used} == zones
        assert len(used) == len(set(used))
        for code, zone in used:
            places_of = next(row["places"] for row in TABLE["zone"] if row["code"] == zone)
            kind = "domestic" if places_of[0][0].isdecimal() else "foreign"
            assert services[code] == kind, (code, zone)

    def test_each_rate_is_whole_and_in_order(self):
        for code in TABLE["rates"]:
            for row in TABLE["rates"][code]:
                tariff = tariff_of(code, row["zone"])
                assert tariff.first_price >= tariff.next_price > 0
                assert 0 < tariff.days_min <= tariff.days_max
                assert isinstance(tariff.first_kg, Decimal)
                assert tariff.first_kg == rules_of(code).min_kg

    def test_further_is_never_cheaper_on_the_way_to_papua(self):
        way = ["lumajang", "jawa-timur", "jawa-tengah-diy", "jawa-barat", "sumatera", "papua"]
        for code in ("jne-reg", "sicepat-reg", "pos-reguler", "jne-jtr"):
            prices = [tariff_of(code, zone).first_price for zone in way]
            assert prices == sorted(prices), code

    def test_silver_does_not_go_abroad_by_post(self):
        path = settings.BASE_DIR / "catalogue/vocabulary_data/categories.toml"
        crafts = tomllib.loads(path.read_text())["craft"]
        silver = next(craft for craft in crafts if craft["slug"] == "perak")
        slugs = {"perak", *(category["slug"] for category in silver["category"])}

        excluded = {row["code"]: set(row["excluded"]) for row in TABLE["service"]}
        assert excluded["ems"] == slugs
        assert [code for code, slugs in excluded.items() if slugs and code != "ems"] == []
