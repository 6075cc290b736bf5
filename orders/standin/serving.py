"""The stand-in on a port of this machine."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from orders.standin import api, page
from orders.standin.web import Request, Response, answer, drops, read

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from orders.standin.gateway import StandIn

HOST = "127.0.0.1"
LARGE = 1024 * 1024  # bytes
DROP_SECONDS = 0.2
TRAP = "http://169.254.169.254/latest/meta-data/"  # where a cloud keeps its machine's secrets
FAILURES = {
    "error": answer(500, {"status_code": "500", "status_message": "Sorry."}),
    "busy": answer(429, {"status_code": "429", "status_message": "Too many requests"}),
    "garbage": Response(200, [b"<html>Sorry, we are renewing our servers"], "text/html"),
    "redirect": Response(302, [], headers={"Location": TRAP}),
    "large": Response(200, [b'{"a": "', b"a" * LARGE, b'"}']),
    # Small on its way, and large for whoever unpacks it though nobody asked for that.
    "packed": Response(
        200, [gzip.compress(b" " * LARGE + b"{}")], headers={"Content-Encoding": "gzip"}
    ),
}


class App:
    """WSGI: the interface for shops in its present weather, and the page for buyers."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.ended = Event()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = read(environ)
        is_page = request.path.startswith(api.PAGE) or request.path == page.STYLE
        if is_page:
            return page.respond(self.standin, request).send(start)
        return self._weathered(request).send(start)

    def _weathered(self, request: Request) -> Response:
        weather = self.standin.weather
        self.ended.wait(weather.delay)
        if weather.fail == "slow":
            return Response(200, self._drip())
        return FAILURES.get(weather.fail) or api.respond(self.standin, request)

    def _drip(self) -> Iterator[bytes]:
        for drop in drops(b'{"status_code": "200"' + b" " * 1000 + b"}"):
            if self.ended.wait(DROP_SECONDS):
                return
            yield drop


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64
    standin: StandIn

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Hang up without a word while the stand-in is away."""
        return not self.standin.weather.is_away


class Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name)
        """Say nothing: the terminal of `make run` is for people."""


def server(standin: StandIn, port: int = 0) -> Server:
    """Bind a port (0 for a free one) and tell the stand-in its address."""
    made = Server((HOST, port), Handler)
    made.standin = standin
    made.set_app(App(standin))
    standin.address = f"http://{HOST}:{made.server_port}"
    return made


@contextmanager
def served(standin: StandIn) -> Iterator[StandIn]:
    """Serve it in a thread on a free port, and end every answer that is still dripping."""
    running = server(standin)
    thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        app = running.get_app()
        assert isinstance(app, App)  # noqa: S101
        app.ended.set()
        standin.post.wait()
        running.shutdown()
        thread.join()
        running.server_close()
