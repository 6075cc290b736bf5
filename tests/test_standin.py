"""The stand-in as buyer and shop meet it: create, page, pay, notice, status."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from orders.payments.base import ForgedNotice, GatewayRefused, Item, NotStarted, State
from orders.standin.gateway import StandIn
from orders.standin.serving import served
from tests.copies import PROJECT
from tests.gateway import REFERENCE, charge, client_of, standin


@pytest.fixture
def bank() -> Iterator[StandIn]:
    with standin() as serving:
        yield serving


@contextmanager
def shop() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Something that takes notifications: its address, and the paths and bodies that came."""
    came: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/webhooks/midtrans/", came
    server.shutdown()
    thread.join()
    server.server_close()


def page(address: str) -> str:
    return requests.get(address, timeout=5).text


def press(address: str, button: str) -> str:
    return requests.post(address, data={"act": button}, timeout=5).text


def buttons(html: str) -> list[str]:
    return re.findall(r"<button[^>]*>([^<]*)</button>", html)


def link_back(html: str) -> str:
    return re.search(r'class="back" href="([^"]*)"', html)[1].replace("&amp;", "&")


def test_a_buyer_pays_and_the_shop_hears_of_it(bank):
    client = client_of(bank)
    with shop() as (notify, came):
        address = client.start(charge(notify_url=notify)).address

        html = page(address)
        paid = press(address, "qris")
        bank.post.wait()

    assert "Rp159.000" in html
    assert "Batik tulis pisang agung" in html
    assert buttons(html) == [
        "Bayar dengan QRIS",
        "Bayar dengan akun virtual (VA)",
        "Tunda",
        "Batal",
    ]
    assert "Pembayaran diterima" in paid
    assert buttons(paid) == []
    assert link_back(paid) == (
        f"{charge().return_url}?order_id={REFERENCE}&status_code=200&transaction_status=settlement"
    )
    notices = [client.read_notice(body, {}) for _path, body in came]
    assert {notice.reference for notice in notices} == {REFERENCE}
    statuses = sorted(json.loads(body)["transaction_status"] for _path, body in came)
    assert statuses == ["pending", "settlement"]
    assert client.fetch_status(REFERENCE).state == State.PAID


def test_a_buyer_puts_it_off_and_pays_later_by_virtual_account(bank):
    client = client_of(bank)
    address = client.start(charge()).address

    waiting = press(address, "later")
    assert client.fetch_status(REFERENCE).state == State.PENDING
    press(address, "va")

    assert "Menunggu pembayaran" in waiting
    assert len(buttons(waiting)) == 4
    assert "transaction_status=pending" in link_back(waiting)
    assert client.fetch_status(REFERENCE).state == State.PAID
    assert bank.ledger.get(REFERENCE).method == "bank_transfer"


def test_a_buyer_cancels_and_pressing_again_changes_nothing(bank):
    client = client_of(bank)
    address = client.start(charge()).address

    press(address, "cancel")
    again = press(address, "qris")

    assert client.fetch_status(REFERENCE).state == State.CANCELLED
    assert "Pembayaran dibatalkan" in again
    assert buttons(again) == []


def test_a_refused_buyer_may_try_again(bank):
    client = client_of(bank)
    address = client.start(charge()).address
    bank.pend(REFERENCE)
    bank.deny(REFERENCE)

    assert "ditolak" in page(address)
    press(address, "va")

    assert client.fetch_status(REFERENCE).state == State.PAID


def test_a_page_whose_time_is_over_takes_no_money_and_says_nothing(bank, time_machine):
    client = client_of(bank)
    time_machine.move_to("2026-11-24T10:00:00+07:00")
    address = client.start(charge(minutes=60)).address

    time_machine.move_to("2026-11-24T11:00:01+07:00")
    html = press(address, "qris")

    assert "habis" in html
    assert buttons(html) == []
    with pytest.raises(NotStarted):
        client.fetch_status(REFERENCE)
    assert bank.post.sent == []


def test_a_picked_method_expires_with_a_word(bank, time_machine):
    client = client_of(bank)
    time_machine.move_to("2026-11-24T10:00:00+07:00")
    with shop() as (notify, came):
        client.start(charge(notify_url=notify))
        bank.pend(REFERENCE)
        bank.post.wait()

        time_machine.move_to("2026-11-24T11:00:01+07:00")
        report = client.fetch_status(REFERENCE)
        bank.post.wait()

    assert report.state == State.EXPIRED
    assert [json.loads(body)["status_code"] for _path, body in came] == ["201", "407"]


def test_what_a_shop_sends_is_shown_and_never_run(bank):
    evil = (Item('<script>alert("1")</script>', 53_000, 3),)
    address = client_of(bank).start(charge(items=evil, return_url='http://localhost/"><b>')).address

    response = requests.get(address, timeout=5)

    assert "<script" not in response.text
    assert "<b>" not in response.text
    assert "3 × &lt;script&gt;" in response.text
    assert "<span>Rp159.000</span>" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "nobody", "%C3%A9", "a/b"])
def test_a_page_that_nobody_opened_is_not_there(bank, path):
    response = requests.get(f"{bank.address}/snap/v4/redirection/{path}", timeout=5)

    assert response.status_code == 404
    assert "Tidak ada." in response.text


def test_the_style_is_served(bank):
    response = requests.get(f"{bank.address}/stand-in.css", timeout=5)

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "main {" in response.text


def test_a_way_back_that_would_run_is_refused(bank):
    with pytest.raises(GatewayRefused, match="finish is invalid"):
        client_of(bank).start(charge(return_url="javascript:alert(1)"))


@pytest.mark.parametrize(
    "environment", [{"STANDIN_URL": "http://127.0.0.1:8001"}, {"DEMO": "1"}, {"DEMO": "0"}]
)
def test_it_does_not_run_outside_the_demo(environment):
    done = subprocess.run(
        [sys.executable, "-m", "orders.standin"],
        check=False,
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert done.returncode == 1
    assert done.stderr == "The stand-in for payments runs in the demo, where STANDIN_URL says.\n"


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
