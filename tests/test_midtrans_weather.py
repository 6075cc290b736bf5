"""The client of the gateway when nothing answers as it should, and which gateway is used."""

import time

import pytest

from orders.payments import drivers, exchange
from orders.payments.base import (
    GatewayAway,
    State,
)
from tests.gateway import REFERENCE, charge, client_of, standin
from tests.midtrans_rows import bank, open_attempt

__all__ = ["bank", "open_attempt"]  # fixtures


class TestBadWeather:
    @pytest.mark.parametrize(
        ("fail", "words"),
        [
            ("error", "answered 500"),
            ("busy", "answered 429"),
            ("garbage", "no JSON object"),
            ("packed", "no JSON object"),
            ("redirect", "answered 302"),
            ("large", "too large"),
        ],
    )
    def test_no_believable_answer_means_away(self, bank, open_attempt, fail, words):
        bank.weather.fail = fail

        for call in (open_attempt.fetch_status, open_attempt.expire):
            with pytest.raises(GatewayAway, match=words):
                call(REFERENCE)
        with pytest.raises(GatewayAway, match=words):
            open_attempt.start(charge(reference="KL-2611-00482-2"))

    def test_a_redirect_is_not_followed(self, bank, open_attempt, monkeypatch):
        bank.weather.fail = "redirect"
        asked = []
        send = exchange.requests.Session.send
        monkeypatch.setattr(
            exchange.requests.Session,
            "send",
            lambda self, request, **rest: asked.append(request.url) or send(self, request, **rest),
        )

        with pytest.raises(GatewayAway):
            open_attempt.fetch_status(REFERENCE)

        assert asked == [f"{bank.address}/v2/{REFERENCE}/status"]

    def test_a_gateway_that_hangs_up_is_away(self, bank, open_attempt):
        bank.weather.is_away = True

        with pytest.raises(GatewayAway, match="No answer"):
            open_attempt.fetch_status(REFERENCE)

    def test_a_gateway_that_is_gone_is_away(self):
        with standin() as serving:
            client = client_of(serving)

        with pytest.raises(GatewayAway, match="No answer"):
            client.start(charge())

    @pytest.mark.parametrize("trouble", [{"fail": "slow"}, {"delay": 60.0}])
    def test_starting_takes_no_longer_than_the_buyer_waits(self, bank, trouble):
        for name, value in trouble.items():
            setattr(bank.weather, name, value)
        began = time.monotonic()

        with pytest.raises(GatewayAway):
            client_of(bank).start(charge())

        assert 2.0 < time.monotonic() - began < 3.0

    def test_asking_takes_no_longer_than_a_notice_may(self, bank, open_attempt):
        bank.weather.delay = 60
        began = time.monotonic()

        with pytest.raises(GatewayAway):
            open_attempt.fetch_status(REFERENCE)

        assert 4.0 < time.monotonic() - began < 5.0

    def test_neither_proxy_nor_password_comes_from_the_environment(
        self, bank, open_attempt, monkeypatch, tmp_path
    ):
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login stranger password stranger\n")
        monkeypatch.setenv("NETRC", str(netrc))
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        bank.pay(REFERENCE)

        assert open_attempt.fetch_status(REFERENCE).state == State.PAID


class TestChoosing:
    def test_without_a_key_there_is_no_gateway(self):
        assert drivers.gateway() is None
        assert drivers.methods() == ("transfer", "qris")

    def test_with_a_key_there_is_midtrans_at_its_own_address(self, settings):
        settings.MIDTRANS_SERVER_KEY = "SB-Mid-server-example"

        gateway = drivers.gateway()

        assert gateway._api_url == "https://api.sandbox.midtrans.com"
        assert gateway._snap_url == "https://app.sandbox.midtrans.com"
        assert drivers.methods() == ("transfer", "qris", "midtrans")

    def test_the_settings_may_allow_less(self, settings):
        settings.MIDTRANS_SERVER_KEY = "SB-Mid-server-example"
        settings.PAYMENT_METHODS = ["midtrans"]

        assert drivers.methods() == ("midtrans",)

    def test_the_demo_pays_at_the_stand_in(self, settings, bank):
        settings.STANDIN_URL = bank.address

        started = drivers.gateway().start(charge())

        assert started.address.startswith(f"{bank.address}/snap/")
