"""A stand-in, something that hears its notices, and hands on its page."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from orders.standin.gateway import StandIn
from tests.gateway import standin


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
