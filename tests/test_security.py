"""Headers, cookies, hosts, error pages: what every answer carries."""

import io
import json
import logging
import subprocess
import sys

import pytest
import structlog
from django.conf import settings as production
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from lumajang_crafts.lib import logs
from tests.factories import ProductFactory, UserFactory


def policy(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize(
        "url", ["/", "/en/catalogue/", "/tidak-ada/", "/akun/login/", "/livez"]
    )
    def test_every_answer_forbids_what_it_does_not_need(self, client, url):
        response = client.get(url)

        assert policy(response) == {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "font-src": "'self'",
            "img-src": "'self' data: blob:",
            "connect-src": "'self'",
            "manifest-src": "'self'",
            "worker-src": "'self'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
            "base-uri": "'none'",
            "object-src": "'none'",
        }
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "DENY"
        assert "camera=()" in response["Permissions-Policy"]
        assert "Access-Control-Allow-Origin" not in response

    def test_https_is_remembered_for_a_year(self, client):
        response = client.get("/", secure=True)

        assert response["Strict-Transport-Security"] == (
            "max-age=31536000; includeSubDomains; preload"
        )

    def test_plain_http_is_sent_to_https(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        assert client.get("/").url == "https://testserver/"
        assert client.get("/livez").status_code == 200

    def test_private_pages_are_not_stored(self, client):
        client.force_login(UserFactory())

        assert "no-store" in client.get(reverse("account_email"))["Cache-Control"]
        assert "no-store" in client.get(f"/{production.ADMIN_PATH}")["Cache-Control"]

    def test_public_pages_do_not_vary_by_cookie_or_language(self, client):
        ProductFactory()
        vary = client.get("/perajin/").get("Vary", "")

        assert "Accept-Language" not in vary


@pytest.mark.django_db
class TestCookies:
    def test_they_are_bound_to_this_host_over_https(self, client):
        user = UserFactory(phone="+6281234567890", email=None)
        client.get(reverse("account_login"))
        form = {"login": str(user.phone), "password": "kain-panjang-7"}
        client.post(reverse("account_login"), form)

        session, token = client.cookies["__Host-sessionid"], client.cookies["__Host-csrftoken"]
        for cookie in (session, token):
            assert cookie["secure"] is True
            assert cookie["httponly"] is True
            assert cookie["samesite"] == "Lax"
            assert cookie["domain"] == ""

    def test_a_post_without_a_token_is_refused_in_the_reader_s_language(self):
        strict = Client(enforce_csrf_checks=True)

        for url, code in (("/akun/login/", "id"), ("/en/account/login/", "en")):
            response = strict.post(url, {"login": "x", "password": "y"})
            assert response.status_code == 403
            assert response["Content-Language"] == code


class TestHosts:
    @pytest.mark.django_db
    def test_a_forged_host_is_refused(self, client):
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400

    def test_the_desk_has_no_guessable_address(self, client):
        assert client.get("/admin/").status_code == 404


class TestErrorPages:
    """None of these may ask the database: pytest-django would stop them."""

    @pytest.mark.parametrize(
        ("url", "words"),
        [("/x/", "Halaman tidak ditemukan"), ("/en/x/", "This page does not exist")],
    )
    def test_not_found_needs_no_database(self, client, url, words):
        response = client.get(url)

        assert response.status_code == 404
        assert words in response.text

    @pytest.mark.parametrize("url", ["/", "/en/"])
    def test_a_failure_says_so_and_gives_a_number(self, url, caplog):
        caplog.set_level(logging.CRITICAL)
        quiet = Client(raise_request_exception=False)

        response = quiet.get(url)  # the page asks the database, which is refused here

        assert response.status_code == 500
        assert response["X-Request-ID"] in response.text
        assert "Traceback" not in response.text


class TestHealth:
    def test_alive_without_a_database(self, client):
        assert client.get("/livez").text == "ok"

    @pytest.mark.django_db
    def test_ready_with_an_up_to_date_one(self, client):
        assert client.get("/readyz").status_code == 200

    @pytest.mark.django_db
    def test_not_ready_when_the_schema_is_behind(self, client):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'catalogue'")

        response = client.get("/readyz")

        assert (response.status_code, response.text) == (503, "migrations")

    def test_not_ready_without_a_database(self, client, monkeypatch):
        def away():
            raise OperationalError

        monkeypatch.setattr("lumajang_crafts.health._is_migrated", away)

        assert client.get("/readyz").status_code == 503


class TestLogs:
    def test_a_forged_line_stays_one_line_with_the_request_s_id(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        formatter = logs.logging_settings("INFO")["formatters"]["json"]
        handler.setFormatter(formatter.pop("()")(**formatter))
        record = logging.makeLogRecord({"msg": "Not Found: /\nFORGED", "name": "django.request"})

        with structlog.contextvars.bound_contextvars(request_id="abc"):
            handler.emit(record)

        (line,) = stream.getvalue().splitlines()
        assert json.loads(line)["event"] == "Not Found: /\nFORGED"
        assert json.loads(line)["request_id"] == "abc"

    def test_an_id_from_the_proxy_is_kept_and_a_strange_one_is_not(self, client):
        good = client.get("/livez", headers={"x-request-id": "0123456789abcdef"})
        bad = client.get("/livez", headers={"x-request-id": "x\ny"})

        assert good["X-Request-ID"] == "0123456789abcdef"
        assert len(bad["X-Request-ID"]) == 16


class TestSettings:
    ENVIRONMENT = {
        "DJANGO_SETTINGS_MODULE": "lumajang_crafts.settings",
        "DATABASE_URL": "postgresql://app@db.internal/lumajang",
        "SECRET_KEY": "x" * 64 + "abcdefghij",
        "ALLOWED_HOSTS": "kriya.example",
    }

    def run(self, *command, **changes):
        environment = {k: v for k, v in {**self.ENVIRONMENT, **changes}.items() if v is not None}
        return subprocess.run(
            [sys.executable, *(command or ("-c", "import django; django.setup()"))],
            cwd=production.BASE_DIR,
            env={"PATH": "/usr/bin:/bin", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_production_passes_the_deploy_check(self):
        checked = self.run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

        assert checked.returncode == 0, checked.stderr

    def test_every_extra_can_be_switched_on(self):
        full = self.run(
            "manage.py",
            "check",
            MEDIA_S3_BUCKET="foto",
            REDIS_URL="redis://cache.internal",
            SENTRY_DSN="https://key@errors.internal/1",
            METRICS="1",
            DATABASE_POOL="1",
            EMAIL_HOST="mail.internal",
        )

        assert full.returncode == 0, full.stderr

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"SECRET_KEY": None}, "Set the environment variable SECRET_KEY."),
            ({"DATABASE_URL": None}, "Set the environment variable DATABASE_URL."),
            ({"DATABASE_URL": "mysql://x"}, "no PostgreSQL address"),
            ({"DEMO": "1"}, "only run on a local host"),
            ({"DEBUG": "1"}, "only run on a local host"),
            ({"DEMO": "yes"}, "must be 0 or 1"),
            ({"DEMO": "1", "ALLOWED_HOSTS": "localhost", "MIDTRANS_SERVER_KEY": "k"}, "payment"),
            ({"STANDIN_URL": "http://127.0.0.1:8001"}, "no real payment goes there"),
            ({"PAYMENT_METHODS": "transfer,barter"}, "knows no barter"),
        ],
    )
    def test_a_missing_or_dangerous_setting_stops_the_start(self, changes, words):
        started = self.run(**changes)

        assert started.returncode != 0
        assert words in started.stderr
