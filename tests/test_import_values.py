"""Numbers as Indonesians write them; what could mean two things is refused."""

import datetime
from decimal import Decimal

import pytest

from artisans.models import Artisan
from catalogue.importing import fields, measures, values
from catalogue.importing.money import price
from catalogue.importing.report import Unclear

PRICES = {
    "Rp 150.000": 150_000,
    "Rp150.000,-": 150_000,
    "rp. 150.000,00": 150_000,
    "IDR 150,000": 150_000,
    "150000": 150_000,
    "150 000": 150_000,
    "150000.0": 150_000,
    "150rb": 150_000,
    "150 ribu": 150_000,
    "150k": 150_000,
    "1,2jt": 1_200_000,
    "1.2 juta": 1_200_000,
    "Rp\xa01.250.000": 1_250_000,
    150_000.0: 150_000,
}
UNCLEAR_PRICES = ["1.5", 1.5, "150.00.0", "-150000", -150_000, "100.000 - 150.000", "1.250rb"]
UNCLEAR_PRICES += ["gratis", "1500,5", "0", 150, "Rp 10.000.000.001", True, "1,234jt", "£20.000"]


@pytest.mark.parametrize(("written", "rupiah"), PRICES.items())
def test_a_price_is_read_as_it_is_written(written, rupiah):
    assert price(written) == rupiah


@pytest.mark.parametrize("written", UNCLEAR_PRICES)
def test_an_unclear_price_is_refused_not_guessed(written):
    with pytest.raises(Unclear) as refusal:
        price(written)

    assert refusal.value.todo.endswith(".")


SIZES = {
    "115 x 225 cm": (115, 225),
    "115x225": (115, 225),
    "1,15 × 2,25 m": (115, 225),
    "30 cm x 20 cm x 5 cm": (30, 20, 5),
    "30 X 20 X 0,25": (30, 20, Decimal("0.3")),
    "150 x 200 mm": (15, 20),
    "Ø 20 cm": (20, 20),
    "dia. 20 x 35 cm": (20, 20, 35),
    "30": (30,),
}


@pytest.mark.parametrize(("written", "sides"), SIZES.items())
def test_a_size_is_read_in_cm(written, sides):
    assert measures.size(written) == sides


@pytest.mark.parametrize(
    "written", ["besar", "0 x 20", "1x2x3x4", "1.500 x 20", "20 x", "M", "9" * 40]
)
def test_an_unclear_size_is_refused(written):
    with pytest.raises(Unclear):
        measures.size(written)


def test_a_parcel_has_three_sides_rounded_up():
    assert measures.parcel("30,2 x 25 x 4 cm") == (31, 25, 4)
    with pytest.raises(Unclear):
        measures.parcel("30 x 25")
    with pytest.raises(Unclear):
        measures.length("30 x 25")


WEIGHTS = [
    ("400 g", "", 400),
    ("0,4 kg", "", 400),
    ("0.35kg", "", 350),
    ("4 ons", "", 400),
    ("2,75 gram", "", Decimal("2.75")),
    ("1 kg", "g", 1000),
    (350, "g", 350),
    (1.5, "kg", 1500),
]


@pytest.mark.parametrize(("written", "unit", "grams"), WEIGHTS)
def test_a_weight_needs_its_unit_in_the_cell_or_the_heading(written, unit, grams):
    assert measures.weight(written, unit) == grams


@pytest.mark.parametrize("written", ["400", 2, "1.500 kg", "berat", "5 pon", "0 g"])
def test_a_weight_that_may_mean_two_things_is_refused(written):
    with pytest.raises(Unclear):
        measures.weight(written)


def test_counts_are_whole_and_may_name_the_piece():
    assert [values.count(cell) for cell in (12, 12.0, "12 pcs", "1.200", "7 hari")] == [
        12,
        12,
        12,
        1200,
        7,
    ]
    for cell in ("-1", 1.5, "banyak", "1,5"):
        with pytest.raises(Unclear):
            values.count(cell)


def test_lists_are_parted_by_semicolons_else_by_commas():
    assert values.listed("a, b") == ["a", "b"]
    assert values.listed("a, b; c") == ["a, b", "c"]
    assert values.sentences("Tas, dari dekat; Tali") == ["Tas, dari dekat", "Tali"]


def test_materials_may_have_shares():
    assert values.shares("Mori prima 90%; Sutra (10 %)") == [("Mori prima", 90), ("Sutra", 10)]
    assert values.shares("Bambu apus, Rotan") == [("Bambu apus", None), ("Rotan", None)]
    for cell in ("Sutra 0%", "Sutra 60%; Mori 60%"):
        with pytest.raises(Unclear):
            values.shares(cell)


CHOICES = [
    (fields.STATUS, "Tayang", "published"),
    (fields.STATUS, "DRAFT", "draft"),
    (fields.SUPPLY, "satu satunya", "one_of_a_kind"),
    (fields.SUPPLY, "Pre-order", "made_to_order"),
    (fields.DYE, "warna alam", "natural"),
    (fields.YES_NO, True, True),
    (fields.YES_NO, "tidak", False),
    (fields.KIND, "KUB", Artisan.Kind.GROUP),
]


@pytest.mark.parametrize(("read", "written", "value"), CHOICES)
def test_choices_know_both_languages_and_the_usual_words(read, written, value):
    assert read(written) == value


def test_a_number_in_a_text_cell_keeps_its_digits_and_a_date_is_refused():
    assert values.text(1001.0) == "1001"
    for cell in (datetime.date(2026, 4, 3), "a\x07b"):
        with pytest.raises(Unclear):
            values.text(cell)
