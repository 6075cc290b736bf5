"""What buying costs: whole checkouts over HTTP, on one hot work and on many; and the nightly check."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from bench import load, servers
from bench.servers import Server
from lumajang_crafts import children, serve
from tests.shoppers import Shopper

SITE = "buying"
PRODUCTS = 1_000
CLIENTS = 8
ORDERS = 100_000  # that check_invariants looks through
TARGET = 30  # seconds for that
PLACED = 303


@dataclass(frozen=True)
class Flow:
    """Whole checkouts of all clients together: how many a second, and ms of each step."""

    rate: float
    adding: list[float]
    placing: list[float]
    whole: list[float]


def lines(seconds: float, *, is_quick: bool) -> list[str]:
    """Prepare a shop of its own, let clients buy, and report as Markdown."""
    servers.prepare_site(SITE, PRODUCTS)
    spread = _run("shop").split()
    with servers.running("lumajang_crafts.wsgi", SITE, "app", BEHIND_PROXY="1") as server:
        numbers = count(1)
        alone = _buy(server, spread[:1], numbers, seconds / 2, clients=1)
        hot = _buy(server, spread[:1], numbers, seconds, clients=CLIENTS)
        wide = _buy(server, spread, numbers, seconds, clients=CLIENTS)
    orders = ORDERS // 20 if is_quick else ORDERS
    took = float(_run("orders", str(orders)))
    return [
        f"Buying, by {CLIENTS} clients on the same two cores: each puts a work into a cart, goes to the",
        "checkout, lets it reckon and places the order (five requests).",
        "",
        "| what | checkouts/s | add to cart p50, ms | place p50 / p95, ms | whole flow p50, ms |",
        "|---|---|---|---|---|",
        _row("one client", alone),
        _row("one hot work", hot),
        _row(f"{len(spread)} works", wide),
        "| django-oscar, one client (peer) | – | 26–30 | – | 356–410 |",
        "",
        f"`check_invariants` on {orders:,} orders: {took:.1f} s (target {TARGET} s).",
    ]


def _buy(
    server: Server, skus: list[str], numbers: count[int], seconds: float, *, clients: int
) -> Flow:
    end = time.monotonic() + seconds
    adding: list[float] = []
    placing: list[float] = []
    whole: list[float] = []

    def client(_place: int) -> None:
        while time.monotonic() < end:
            number = next(numbers)
            shopper = Shopper(f"http://127.0.0.1:{server.port}", number)
            begun = time.monotonic()
            shopper.add(skus[number % len(skus)])
            adding.append(_since(begun))
            page = shopper.reckon()
            pressed = time.monotonic()
            answer = shopper.order(page)
            if answer.status_code != PLACED:
                raise load.WrongAnswer(f"checkout answered {answer.status_code}")
            placing.append(_since(pressed))
            whole.append(_since(begun))

    begun = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    return Flow(len(whole) / (time.monotonic() - begun), adding, placing, whole)


def _since(begun: float) -> float:
    return (time.monotonic() - begun) * 1000


def _row(name: str, flow: Flow) -> str:
    part: Callable[[list[float], float], float] = load.percentile
    return (
        f"| {name} | {flow.rate:.1f} | {part(flow.adding, 0.5):.0f} | "
        f"{part(flow.placing, 0.5):.0f} / {part(flow.placing, 0.95):.0f} | "
        f"{part(flow.whole, 0.5):.0f} |"
    )


def _run(*arguments: str) -> str:
    """Run bench/shop.py on the shop's database; what it prints is the answer."""
    command = [sys.executable, "-m", "bench.shop", *arguments]
    path = servers.MEDIA.parent / "answer"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as answer:
        child = children.spawn(command, servers.environment(SITE, "owner"), answer)
        if child.wait() != 0:
            raise serve.Refusal("The shop of the bench could not be prepared (see above).")
    return path.read_text()
