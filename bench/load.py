"""Clients that open a new connection for each request, as many visitors do.

Connections that are kept alive can all land on one worker and make the same
run differ threefold.
"""

from __future__ import annotations

import socket
import statistics
import threading
import time
from dataclasses import dataclass

CLIENTS = 8
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {coding}\r\n"
    "Accept: text/html\r\nConnection: close\r\n\r\n"
)


class WrongAnswer(Exception):
    """A page did not answer 200: nothing that was measured would mean anything."""


@dataclass(frozen=True)
class Address:
    port: int
    path: str


def fetch(address: Address, coding: str = "gzip") -> bytes:
    """Return the whole answer, head included. Raises WrongAnswer."""
    request = REQUEST.format(port=address.port, path=address.path, coding=coding)
    with socket.create_connection(("127.0.0.1", address.port), timeout=30) as connection:
        connection.sendall(request.encode())
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    answer = b"".join(parts)
    if not answer.startswith(b"HTTP/1.1 200 "):
        raise WrongAnswer(f"{address.path}: {answer[:60]!r}")
    return answer


def latencies(address: Address, seconds: float) -> list[float]:
    """Milliseconds of each request of one client, sorted."""
    times = []
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        fetch(address)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def percentile(ordered: list[float], share: float) -> float:
    if len(ordered) == 1:
        return ordered[0]
    return statistics.quantiles(ordered, n=100, method="inclusive")[round(share * 100) - 1]


def flood(address: Address, seconds: float) -> tuple[int, float]:
    """Let all clients ask for so long; return requests answered and seconds taken."""
    counts, failures = [0] * CLIENTS, list[Exception]()
    start = time.perf_counter()

    def client(place: int) -> None:
        try:
            while time.perf_counter() < start + seconds:
                fetch(address)
                counts[place] += 1
        except Exception as error:  # noqa: BLE001  raised again below
            failures.append(error)

    threads = [threading.Thread(target=client, args=[place]) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts), time.perf_counter() - start
