"""QRIS codes: what is read, what is refused and why, and the published checksums.

The merchants are invented: these codes pay nobody.
"""

import string
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orders.payments import qris
from orders.payments.qris import LIMIT, QrisError, parse, with_amount

STATIC = (
    "00020101021126650017ID.CO.EXAMPLE.WWW01189360099900000000180211000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204594753033605802ID"
    "5917DEKRANASDA CONTOH6010KAB CONTOH61051234562070703A01630415C0"
)
DYNAMIC = (
    "00020101021226650017ID.CO.EXAMPLE.WWW01189360099900000000180211000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI52045947530336054061850005802ID"
    "5917DEKRANASDA CONTOH6010KAB CONTOH61051234562200109KB-7F3K2Q0703A016304796F"
)
LUMAJANG = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204594753033605802ID"
    "5919DEKRANASDA LUMAJANG6008LUMAJANG61056731663044D38"
)
LUMAJANG_DYNAMIC = (
    "00020101021226680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI52045947530336054061500005802ID"
    "5919DEKRANASDA LUMAJANG6008LUMAJANG61056731662190515DKL-2026-0001236304450F"
)
# EMVCo's own sample: its lengths count characters, its checksum counts bytes.
BEIJING = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN"
    "5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603"
    "***0708A60086670902ME91320016A0112233449988770708123456786304A13A"
)


def sealed(text: str) -> str:
    """Give a changed code the checksum that belongs to it, so that only its content is wrong."""
    head = text[: text.rindex("6304") + 4]
    return head + qris.checksum(head)


def changed(*changes: tuple[str, str], code: str = STATIC) -> str:
    for old, new in changes:
        assert code.count(old) == 1, old
        code = code.replace(old, new)
    return sealed(code)


def refusal(text: str) -> str:
    with pytest.raises(QrisError) as error:
        parse(text)
    return str(error.value)


def test_a_static_code_tells_whom_it_pays():
    found = parse(f" {STATIC}\n")

    assert found == qris.Payload(
        text=STATIC,
        merchant_name="DEKRANASDA CONTOH",
        city="KAB CONTOH",
        nmid="ID1020000000001",
        criteria="UMI",
        is_static=True,
        amount=None,
        bill="",
    )


def test_a_dynamic_code_tells_amount_and_bill():
    found = parse(DYNAMIC)

    assert (found.is_static, found.amount, found.bill) == (False, 185_000, "KB-7F3K2Q")


def test_codes_of_other_writers_are_read():
    assert parse(LUMAJANG).merchant_name == "DEKRANASDA LUMAJANG"
    assert parse(LUMAJANG_DYNAMIC).amount == 150_000


@pytest.mark.parametrize(
    ("text", "crc"), [("123456789", "29B1"), (BEIJING[:-4], "A13A"), ("", "FFFF")]
)
def test_the_checksum_is_that_of_the_standard(text, crc):
    assert qris.checksum(text) == crc


@pytest.mark.parametrize(
    ("amount", "crc"), [(185_000, "796F"), (139_500, "0069"), (101_000, "0E95")]
)
def test_a_bill_of_its_own_ends_in_the_published_checksum(amount, crc):
    """Zeros at its beginning are kept: some writers lose them."""
    written = with_amount(parse(STATIC), amount, "KB-7F3K2Q")

    assert written == changed(("06185000", f"06{amount}"), code=DYNAMIC)
    assert written[-4:] == crc


@given(
    amount=st.integers(1, LIMIT),
    bill=st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=25),
)
def test_what_is_written_is_read_again(amount, bill):
    found = parse(with_amount(parse(STATIC), amount, bill))

    assert (found.amount, found.bill, found.nmid) == (amount, bill, "ID1020000000001")


@pytest.mark.parametrize("amount", [0, -1, LIMIT + 1])
def test_no_code_is_written_above_the_limit(amount):
    with pytest.raises(QrisError, match=r"paling banyak Rp10\.000\.000"):
        with_amount(parse(STATIC), amount, "A1")


@pytest.mark.parametrize("bill", ["", "A" * 26, "A B", "Ä"])
def test_no_code_is_written_for_a_bill_that_others_cannot_read(bill):
    with pytest.raises(QrisError, match="25"):
        with_amount(parse(STATIC), 1, bill)


def test_no_code_is_written_where_the_bill_has_no_room():
    full = parse(changed(("62070703A01", "62890785" + "A" * 85)))

    with pytest.raises(QrisError, match="tempat"):
        with_amount(full, 1, "A" * 25)


@pytest.mark.parametrize("code", [STATIC, DYNAMIC, LUMAJANG, LUMAJANG_DYNAMIC])
def test_a_code_with_any_one_character_changed_is_refused(code):
    letters = string.digits + string.ascii_letters + string.punctuation + " "
    accepted = []
    for place, old in enumerate(code):
        for new in letters.replace(old, ""):
            try:
                accepted.append(parse(code[:place] + new + code[place + 1 :]))
            except QrisError:
                continue

    assert accepted == []


@pytest.mark.parametrize("code", [STATIC, DYNAMIC])
def test_a_code_with_a_character_lost_or_two_swapped_is_refused(code):
    wrong = {code[:place] + code[place + 1 :] for place in range(len(code))}
    wrong |= {code[:p] + code[p + 1] + code[p] + code[p + 2 :] for p in range(len(code) - 1)}

    for text in wrong - {code}:
        refusal(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "diawali 000201"),
        ("https://example.com/bayar", "diawali 000201"),
        (STATIC + "A" * 400, "terlalu panjang"),
        (STATIC.replace(" ", "\u202e"), "tidak tercetak"),
        (STATIC[:-8], "terpotong"),
        (STATIC[:-4] + "15c0", "Angka pemeriksa"),
        (changed(("010211", "010213")), "statis (11)"),
        (changed(("010211", "")), "statis (11)"),
        (changed(("0014ID.CO.QRIS.WWW", "0014ID.CO.KRIS.WWW")), "bukan QRIS Indonesia"),
        (changed(("51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI", "")), "bukan QRIS Indonesia"),
        (changed(("0215ID1020000000001", "0215XX1020000000001")), "NMID"),
        (changed(("0215ID1020000000001", "0214ID102000000000"), ("5144", "5143")), "NMID"),
        (changed(("0303UMI5204", "0303umi5204")), "Kriteria"),
        (
            changed(("26650017ID.CO.EXAMPLE.WWW01189360099900000000180211000000000010303UMI", "")),
            "rekening",
        ),
        (changed(("52045947", "520459A7")), "Kategori"),
        (changed(("5303360", "5303840")), "rupiah (360)"),
        (changed(("5802ID", "5802SG")), "Indonesia (ID)"),
        (changed(("5917DEKRANASDA CONTOH", "")), "25 karakter"),
        (changed(("5917DEKRANASDA CONTOH", "5926" + "A" * 26)), "25 karakter"),
        (changed(("6010KAB CONTOH", "6016" + "A" * 16)), "15 karakter"),
        (changed(("5802ID", "5502015802ID")), "tip"),
        (changed(("5802ID", "55020256045000" + "5802ID")), "tip"),
        (changed(("5802ID", "550203570155802ID")), "tip"),
        (changed(("5802ID", "54061850005802ID")), "statis tidak boleh"),
        (changed(("5802ID", "5802ID5802ID")), "dua kali"),
        (changed(("0703A01", "0703A010703A01"), ("6207", "6214")), "dua kali"),
        (changed(("5917", "5999")), "panjang"),
        (changed(("62070703A01", "62070799A01")), "panjang"),
        (changed(("62070703A01", "62070700A01")), "panjang"),
        (changed(("62070703A01", "6203A01")), "rusak"),
        (changed(("62070703A01", "6207²703A01")), "rusak"),
        (changed(("54061850005802", "5802"), code=DYNAMIC), "rupiah penuh"),
        (changed(("5406185000", "540618500,"), code=DYNAMIC), "rupiah penuh"),
        (changed(("5406185000", "5409185000.00"), code=DYNAMIC), "rupiah penuh"),
        (changed(("5406185000", "5406018500"), code=DYNAMIC), "rupiah penuh"),
        (changed(("5406185000", "540810000001"), code=DYNAMIC), "Rp10.000.000"),
        (BEIJING, "rupiah (360)"),
    ],
)
def test_a_refusal_says_what_is_wrong(text, words):
    assert words in refusal(text)


def test_a_code_whose_account_is_cut_short_is_refused():
    """As in the sample of a provider that circulates: lengths that do not add up."""
    short = changed(("26650017ID.CO.EXAMPLE.WWW", "26620017ID.CO.EXAMPLE.WWW"))

    assert "rusak" in refusal(short) or "panjang" in refusal(short)


@given(st.text(max_size=80))
def test_any_other_text_is_refused_and_nothing_else_happens(tail):
    assume(not tail.isspace() and tail)

    refusal(sealed(f"{STATIC[:-8]}{tail}6304"))


def test_the_picture_is_a_drawing_without_style_or_script():
    drawn = qris.picture(STATIC)

    svg = unquote(drawn)
    assert drawn.startswith("data:image/svg+xml;")
    assert "<svg xmlns='http://www.w3.org/2000/svg' viewBox=" in svg
    assert [word for word in ("style", "script", "href", "url(") if word in svg] == []
    assert '"' not in drawn  # it stands in an attribute
    assert drawn == qris.picture(STATIC) != qris.picture(DYNAMIC)
