"""The stand-in refuses, makes mischief on demand and remembers."""

import json

import pytest
import requests

from orders.payments.base import ForgedNotice, State
from orders.standin.gateway import StandIn
from orders.standin.serving import served
from tests.gateway import REFERENCE, charge, client_of
from tests.standin_shop import bank, shop

__all__ = ["bank"]  # fixtures


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/snap/v1/transactions", "{}", 400),
        ("/snap/v1/transactions", "[", 400),
        ("/snap/v1/transactions/", '{"transaction_details": 1}', 400),
        ("/v2/nobody/cancel", "{}", 404),
        ("/v3/nobody/cancel", "{}", 404),
    ],
)
def test_a_call_that_cannot_be_understood_is_refused(bank, path, body, code):
    response = requests.post(f"{bank.address}{path}", body, auth=(bank.key, ""), timeout=5)

    assert response.status_code == code
    assert response.json()["status_code"] == str(code)


def test_sums_that_differ_are_refused(bank):
    details = {"order_id": REFERENCE, "gross_amount": 2}
    wanted = {"transaction_details": details, "item_details": [{"price": 1, "quantity": 1}]}

    response = requests.post(
        f"{bank.address}/snap/v1/transactions", json=wanted, auth=(bank.key, ""), timeout=5
    )

    assert response.status_code == 400
    assert "not equal to the sum" in response.json()["error_messages"][0]


class TestMischief:
    """What tests ask of it: the post may repeat, swap, forge and lose."""

    @pytest.fixture
    def open_shop(self, bank):
        with shop() as (notify, came):
            client_of(bank).start(charge(notify_url=notify))
            yield came

    def test_notices_come_more_than_once(self, bank, open_shop):
        bank.post.repeat = 3

        bank.pend(REFERENCE)
        bank.post.wait()

        assert len(open_shop) == 3
        assert len(set(open_shop)) == 1

    def test_notices_come_in_the_wrong_order(self, bank, open_shop):
        bank.post.is_held = True
        bank.pay(REFERENCE)
        assert open_shop == []

        bank.post.release()

        order = [json.loads(body)["transaction_status"] for _path, body in open_shop]
        assert order == ["settlement", "pending"]
        assert [status for _body, status in bank.post.sent] == [200, 200]

    def test_notices_are_forged(self, bank, open_shop):
        bank.post.is_forged = True

        bank.pend(REFERENCE)
        bank.post.wait()

        with pytest.raises(ForgedNotice):
            client_of(bank).read_notice(open_shop[0][1], {})

    def test_notices_are_lost(self, bank, open_shop):
        bank.post.is_lost = True

        bank.pay(REFERENCE)
        bank.post.wait()

        assert open_shop == []
        assert client_of(bank).read_notice(bank.notice(REFERENCE), {}).reference == REFERENCE


def test_nobody_beyond_this_machine_is_told(bank):
    client_of(bank).start(charge(notify_url="http://192.0.2.1/webhooks/midtrans/"))

    bank.pay(REFERENCE)
    bank.post.wait()

    assert bank.post.sent == []


def test_a_shop_that_is_away_is_noted(bank):
    client_of(bank).start(charge())

    bank.pend(REFERENCE)
    bank.post.wait()

    assert [status for _body, status in bank.post.sent] == [0]


def test_a_restart_forgets_nothing(tmp_path):
    kept = tmp_path / "run" / "stand-in.json"
    with served(StandIn(path=kept)) as before:
        client_of(before).start(charge())
        before.pay(REFERENCE)
        before.refund(REFERENCE, 9_000, "R-1", "Ongkos kirim")

    with served(StandIn(path=kept)) as after:
        report = client_of(after).fetch_status(REFERENCE)

    assert (report.state, report.refunded) == (State.PARTLY_REFUNDED, 9_000)


@pytest.mark.parametrize("text", ["[{]", '[{"reference": "KL-1", "colour": "red"}]', "[1]"])
def test_a_memory_that_cannot_be_read_is_none(tmp_path, text):
    kept = tmp_path / "stand-in.json"
    kept.write_text(text)

    with served(StandIn(path=kept)) as bank:
        client_of(bank).start(charge())

    assert REFERENCE in kept.read_text()
