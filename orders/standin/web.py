"""The little of HTTP that the stand-in needs, as plain WSGI."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

MOST_BYTES = 64 * 1024
SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes
    headers: dict[str, str]  # as WSGI names them: HTTP_AUTHORIZATION

    @property
    def parts(self) -> list[str]:
        return self.path.strip("/").split("/")

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(errors="replace")))


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: Iterable[bytes]
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, start: "StartResponse") -> Iterable[bytes]:
        headers = {"Content-Type": self.kind, **SAFE, **self.headers}
        start(f"{self.status} {HTTPStatus(self.status).phrase}", list(headers.items()))
        return self.body


def read(environ: "WSGIEnvironment") -> Request:
    length = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        body=environ["wsgi.input"].read(length),
        headers={name: value for name, value in environ.items() if isinstance(value, str)},
    )


def answer(status: int, fields: dict[str, Any]) -> Response:
    return Response(status, [json.dumps(fields).encode()])


def page(status: int, html: str) -> Response:
    return Response(status, [html.encode()], "text/html; charset=utf-8")


def drops(body: bytes) -> Iterator[bytes]:
    yield from (bytes([byte]) for byte in body)
