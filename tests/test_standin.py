"""The stand-in as buyer and shop meet it: create, page, pay, notice, status."""

import json
import subprocess
import sys

import pytest
import requests

from orders.payments.base import GatewayRefused, Item, NotStarted, State
from tests.copies import PROJECT
from tests.gateway import REFERENCE, charge, client_of
from tests.standin_shop import bank, buttons, link_back, page, press, shop

__all__ = ["bank"]  # fixtures


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
