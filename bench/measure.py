"""One sample of one page, and a page between two samples of the floor."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bench import cpu, database, load
from bench.servers import Server

WARM_UP = 1.0  # seconds
REAP = 0.3  # seconds until ended backends have been waited for


@dataclass(frozen=True)
class Sample:
    """CPU and latency in ms, requests a second, bytes as sent (compressed) with the head."""

    cpu: float
    p50: float
    p95: float
    rate: float
    size: int


@dataclass(frozen=True)
class Pair:
    """A page's sample and the floor's CPU around it."""

    page: Sample
    floor: float

    @property
    def ratio(self) -> float:
        return self.page.cpu / self.floor


def sample(server: Server, path: str, seconds: float) -> Sample:
    """Warm up, then one client for half the time and eight for all of it."""
    address = server.at(path)
    size = len(load.fetch(address))
    load.flood(address, WARM_UP)
    alone = load.latencies(address, seconds / 2)
    time.sleep(REAP)
    before = cpu.seconds(server.pid, database.server_pid())
    count, took = load.flood(address, seconds)
    time.sleep(REAP)
    used = cpu.seconds(server.pid, database.server_pid()) - before
    return Sample(
        cpu=used / count * 1000,
        p50=load.percentile(alone, 0.50),
        p95=load.percentile(alone, 0.95),
        rate=count / took,
        size=size,
    )


def beside_floor(floor: Server, server: Server, path: str, seconds: float) -> Pair:
    before = sample(floor, "/rows", seconds / 2)
    page = sample(server, path, seconds)
    after = sample(floor, "/rows", seconds / 2)
    return Pair(page, (before.cpu + after.cpu) / 2)
