"""What a callback may be believed: which attempt to ask about, if Midtrans signed it."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orders.payments.base import ForgedNotice, MalformedNotice, Notice
from orders.payments.midtrans import Midtrans, signature

KEY = "askvnoibnosifnboseofinbofinfgbiufglnbfg"
GATEWAY = Midtrans(KEY, api_url="http://127.0.0.1:9", snap_url="http://127.0.0.1:9")
REFERENCE = "KL-2611-00482-1"
TRANSACTION = "0b5d2a51-3f0c-4f5e-9a59-2f4f34b86dd1"


def fields(**changes: object) -> dict[str, object]:
    """A signed notification; `changes` come after the signature, None leaves a field out."""
    sent: dict[str, object] = {
        "transaction_time": "2026-11-24 10:00:00",
        "transaction_status": "settlement",
        "transaction_id": TRANSACTION,
        "status_message": "midtrans payment notification",
        "status_code": "200",
        "payment_type": "qris",
        "order_id": REFERENCE,
        "merchant_id": "M000000",
        "gross_amount": "159000.00",
        "fraud_status": "accept",
        "currency": "IDR",
    }
    sent["signature_key"] = signature(sent, KEY)
    return {name: value for name, value in (sent | changes).items() if value is not None}


def read(body: bytes | dict[str, object]) -> Notice:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return GATEWAY.read_notice(sent, {"Content-Type": "application/json"})


def test_the_signature_is_the_published_one():
    sample = {"order_id": "1111", "status_code": "200", "gross_amount": "100000.00"}

    assert signature(sample, KEY) == (
        "edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e237"
        "5d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231"
    )
    assert signature({**sample, "gross_amount": "100000"}, KEY) != signature(sample, KEY)


def test_a_signed_notice_names_the_attempt():
    assert read(fields()) == Notice(REFERENCE, TRANSACTION)


def test_what_is_new_or_left_out_does_not_matter():
    assert read(fields(fraud_status=None)) == read(fields())
    assert read(fields(issuer="gopay", va_numbers=[{"bank": "bri"}], refund_amount=None))


@pytest.mark.parametrize(
    "changes",
    [
        {"signature_key": "0" * 128},
        {"order_id": "KL-2611-00001-1"},
        {"gross_amount": "1.00"},
        {"status_code": "201"},
    ],
)
def test_a_notice_signed_otherwise_is_forged(changes):
    with pytest.raises(ForgedNotice):
        read(fields(**changes))


def test_a_notice_signed_with_another_key_is_forged():
    other = Midtrans("another", api_url="http://127.0.0.1:9", snap_url="http://127.0.0.1:9")

    with pytest.raises(ForgedNotice):
        other.read_notice(json.dumps(fields()).encode(), {})


@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in ("order_id", "transaction_id", "status_code")),
        *({name: None} for name in ("gross_amount", "signature_key", "transaction_status")),
        *({"order_id": value} for value in ("", "a" * 51, "KL 1", "KL/1", "..", 7, ["x"], {})),
        *({"order_id": value} for value in ("KL-1\n", "KL-\u0661", "../v1", "\ud800")),
        *({"transaction_id": value} for value in ("1", TRANSACTION + "0", f"{TRANSACTION}/", True)),
        *({"gross_amount": value} for value in ("159000", "159000.0", "159000.50", "-1.00")),
        *({"gross_amount": value} for value in (159000, 159000.0, "1" * 14 + ".00", "1e3.00")),
        *({"status_code": value} for value in ("20", "2000", 200, "२००")),
        *({"signature_key": value} for value in ("", "0" * 127, "g" * 128, "A" * 128, 1)),
        *({"transaction_status": value} for value in ("", "SETTLEMENT", 1, "a" * 41)),
        *({"fraud_status": value} for value in ("", 1, ["accept"])),
    ],
)
def test_a_field_of_another_form_is_malformed(changes):
    with pytest.raises(MalformedNotice):
        read(fields(**changes))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"settlement"',
        b"{",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"order_id=KL-2611-00482-1",
        b"[" * 30_000,
        b'{"a":' * 6_000,
        b'{"a": ' + b"[" * 15_000 + b"]" * 15_000 + b"}",
        b'{"a": ' + b"9" * 20_000 + b"}",
    ],
)
def test_what_is_no_object_is_malformed(body):
    with pytest.raises(MalformedNotice):
        read(body)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_malformed(word):
    body = json.dumps(fields())[:-1] + f', "more": {word}}}'

    with pytest.raises(MalformedNotice, match=word):
        read(body.encode())


@pytest.mark.parametrize("where", ["", '"inner": {"b": 1, "b": 2}, '])
def test_a_key_that_stands_twice_is_malformed(where):
    """Two readers could take two different orders from it."""
    body = json.dumps(fields())
    twice = "{" + where + ('"order_id": "KL-2611-00001-1", ' if not where else "") + body[1:]

    with pytest.raises(MalformedNotice, match="twice"):
        read(twice.encode())


@pytest.mark.parametrize("size", [32 * 1024 + 1, 5_000_000])
def test_a_large_body_is_refused_before_it_is_read(size):
    body = json.dumps(fields()).encode()
    began = time.monotonic()

    with pytest.raises(MalformedNotice, match="too large"):
        read(body + b" " * (size - len(body)))

    assert time.monotonic() - began < 0.2


def test_the_largest_body_that_is_allowed_is_read():
    body = json.dumps(fields()).encode()

    assert read(body + b" " * (32 * 1024 - len(body))).reference == REFERENCE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
CHANGES = st.dictionaries(st.sampled_from(sorted(fields())), JSON, max_size=4)


def outcome(body: bytes) -> str:
    try:
        found = GATEWAY.read_notice(body, {})
    except (ForgedNotice, MalformedNotice) as error:
        return type(error).__name__
    assert isinstance(found, Notice)
    return "Notice"


@given(st.binary(max_size=400))
@example(b'{"order_id": "\\ud800"}')
def test_any_bytes_end_in_one_of_the_named_ways(body):
    assert outcome(body) == "MalformedNotice"


@given(CHANGES)
def test_any_changed_field_ends_in_one_of_the_named_ways(changes):
    """Only what is signed, or changed in ways that do not matter, is a notice."""
    changed = fields() | changes
    body = json.dumps(changed).encode()

    if outcome(body) == "Notice":
        signed = ("order_id", "status_code", "gross_amount", "signature_key")
        assert {name: changed[name] for name in signed} == {name: fields()[name] for name in signed}
