"""The key to an order: 256 bits, made when it is shown, written down nowhere."""

import base64
import io
import json
import logging

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from lumajang_crafts.lib import logs
from orders import letters, links
from orders.models import Order, OrderMessage
from tests.order_rows import OrderFactory, PaymentFactory, place

pytestmark = pytest.mark.django_db


class TestToken:
    def test_it_is_256_bits_that_fit_an_address(self):
        token = links.token(OrderFactory())

        assert len(token) == 43
        assert len(base64.urlsafe_b64decode(f"{token}=")) == 32

    def test_it_belongs_to_one_order(self):
        first, second = OrderFactory(), OrderFactory()

        assert links.is_valid(first, links.token(first)) is True
        assert links.is_valid(second, links.token(first)) is False

    @pytest.mark.parametrize("given", ["", "x", "é" * 43, "A" * 43])
    def test_nothing_else_opens_it(self, given):
        assert links.is_valid(OrderFactory(), given) is False

    def test_one_letter_less_or_other_does_not_open_it(self):
        order = OrderFactory()
        token = links.token(order)

        assert links.is_valid(order, token[:-1]) is False
        assert links.is_valid(order, token.swapcase()) is False

    def test_it_stays_the_same_until_it_is_revoked(self):
        order = OrderFactory()
        first = links.token(order)
        assert links.token(Order.objects.get(pk=order.pk)) == first

        links.revoke(order)

        kept = Order.objects.get(pk=order.pk)
        assert links.is_valid(kept, first) is False
        assert links.is_valid(kept, links.token(kept)) is True

    def test_links_of_an_earlier_key_open_until_that_key_is_dropped(self, settings):
        order = OrderFactory()
        settings.ORDER_LINK_KEYS = ["old"]
        old = links.token(order)

        settings.ORDER_LINK_KEYS = ["new", "old"]
        assert links.token(order) != old
        assert links.is_valid(order, old) is True
        assert links.is_valid(order, links.token(order)) is True

        settings.ORDER_LINK_KEYS = ["new"]
        assert links.is_valid(order, old) is False

    def test_every_key_is_compared_whole(self, settings, monkeypatch):
        compared = []
        monkeypatch.setattr(links.hmac, "compare_digest", lambda *pair: compared.append(pair))
        settings.ORDER_LINK_KEYS = ["new", "old"]

        links.is_valid(OrderFactory(), "x")

        assert len(compared) == 2


class TestNowhere:
    def test_no_table_and_no_job_holds_it(self, client, mailoutbox):
        order = place()
        PaymentFactory(order=order)
        client.get(links.path(order))
        client.post("/lacak/", {"number": order.number, "contact": order.email})
        message = letters.queue(order, OrderMessage.Kind.PLACED)
        jobs = ProcrastinateJob.objects.filter(task_name="send_order_message")
        letters.send(message.pk)

        assert links.token(order) in mailoutbox[0].body
        assert list(jobs.values_list("args", flat=True)) == [{"message_id": message.pk}]
        assert [table for table in tables() if holds(table, links.token(order))] == []

    def test_the_search_through_all_tables_would_find_it(self):
        order = OrderFactory(gift_note="KUNCI-CONTOH")

        assert [table for table in tables() if holds(table, "KUNCI-CONTOH")] == ["orders_order"]
        assert "procrastinate_jobs" in list(tables())
        assert order.pk

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_no_log_line_tells_it(self, client, language):
        order = place()
        token = links.token(order)
        prefix = {"id": "/pesanan", "en": "/en/orders"}[language]
        lines = Lines()
        with lines:
            client.get(f"{prefix}/{order.number}/{token}x/")
            client.post(f"{prefix}/{order.number}/{token}/")
            client.post(f"{prefix}/{order.number}/{token}/batal/")
            client.get("/tidak-ada/", {"next": f"{prefix}/{order.number}/{token}/"})

        assert len(lines.read()) >= 3
        assert token not in "".join(lines.read())
        assert f"{prefix}/{order.number}/…/" in json.loads(lines.read()[0])["event"]

    def test_a_traceback_is_cleaned_too(self):
        lines = Lines()
        with lines:
            try:
                int("/pesanan/KL-2611-00001/" + "k" * 43 + "/")
            except ValueError:
                logging.getLogger("gunicorn.error").exception("Error handling request")

        assert "k" * 43 not in lines.read()[0]
        assert "Traceback" in lines.read()[0]

    def test_the_server_s_own_log_goes_the_same_way(self):
        loggers = logs.logging_settings("INFO")["loggers"]

        assert loggers["gunicorn.error"]["handlers"] == ["stdout"]
        assert loggers["gunicorn.error"]["propagate"] is False

    def test_reports_of_failures_are_cleaned_in_depth(self):
        key = "k" * 43
        event = {
            "request": {
                "url": f"https://x/pesanan/KL-1/{key}/",
                "query_string": f"u=%2Fen%2Forders%2FKL-1%2F{key}",
            },
            "breadcrumbs": [{"message": f"GET /en/orders/KL-1/{key}/cancel/", "level": 3}],
        }

        cleaned = logs.report_without_keys(event, {})

        assert key not in str(cleaned)
        assert cleaned["request"]["url"] == "https://x/pesanan/KL-1/…/"
        assert cleaned["breadcrumbs"][0]["level"] == 3


class Lines:
    """What would be written to standard output while it is entered."""

    def __enter__(self):
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        formatter = logs.logging_settings("INFO")["formatters"]["json"]
        self.handler.setFormatter(formatter.pop("()")(**formatter))
        self.loggers = [logging.getLogger(name) for name in ("", "django.server", "gunicorn.error")]
        for logger in self.loggers:
            logger.addHandler(self.handler)

    def __exit__(self, *failure):
        for logger in self.loggers:
            logger.removeHandler(self.handler)

    def read(self) -> list[str]:
        return self.stream.getvalue().splitlines()


def tables() -> list[str]:
    return connection.introspection.table_names()


def holds(table: str, text: str) -> bool:
    """Every column of every row, written out as text."""
    query = sql.SQL("SELECT EXISTS (SELECT FROM {} AS row WHERE row::text LIKE %s)")
    with connection.cursor() as cursor:
        cursor.execute(query.format(sql.Identifier(table)), [f"%{text}%"])
        return cursor.fetchone()[0]
