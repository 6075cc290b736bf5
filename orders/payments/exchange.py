"""One question to a gateway and one small answer, within a time that is known beforehand."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from urllib3 import Timeout
from urllib3.exceptions import HTTPError

from orders.payments.base import GatewayAway
from orders.payments.strict_json import read_object

MOST_BYTES = 64 * 1024
CHUNK = 8 * 1024
CONNECT = 3.0  # seconds
TEMPORARY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int  # of HTTP
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    method: str
    address: str
    key: str
    seconds: float  # for everything
    fields: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None


def ask(question: Question) -> Answer:
    """Send it with the key as the user's name; raises GatewayAway unless an object comes back.

    A redirect is never followed (it would carry the key elsewhere), and neither
    proxies nor passwords are taken from the environment.
    """
    deadline = time.monotonic() + question.seconds
    # requests hands a limit for the whole on to urllib3, though its types do not say so.
    timeout: Any = Timeout(connect=min(CONNECT, question.seconds), total=question.seconds)
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.request(
                question.method,
                question.address,
                auth=(question.key, ""),
                json=question.fields,
                headers={
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",  # a small answer cannot grow when unpacked
                    **(question.headers or {}),
                },
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _read(response, deadline)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise GatewayAway(f"No answer: {type(error).__name__}.") from error
    return _understand(response.status_code, body)


def _read(response: requests.Response, deadline: float) -> bytes:
    """Read piece by piece: a time-out alone would let one byte a second go on for ever."""
    body = b""
    while piece := response.raw.read1(CHUNK, decode_content=False):
        body += piece
        if len(body) > MOST_BYTES:
            raise GatewayAway("The answer is too large.")
        if time.monotonic() > deadline:
            raise GatewayAway("The answer takes too long.")
    return body


def _understand(status: int, body: bytes) -> Answer:
    is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    if is_redirect or status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in TEMPORARY:
        raise GatewayAway(f"The gateway answered {status}.")
    try:
        return Answer(status, read_object(body))
    except ValueError as error:
        raise GatewayAway("The answer is no JSON object.") from error
