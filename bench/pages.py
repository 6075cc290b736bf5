"""The pages that are measured, and how much each may cost in floors of one query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.load import fetch
from bench.servers import Server

PER_PAGE = 24
PUBLISHED = 0.9  # of load_synthetic's works
DEEP = 0.8  # of the way to the last page
PRODUCT = re.compile(rb'href="(/produk/[^"]+/)"')


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    target: float | None  # times the floor


def pages(server: Server, products: int) -> list[Page]:
    deep = int(products * PUBLISHED * DEEP / PER_PAGE)
    return [
        Page("home", "/", None),
        Page("catalogue", "/katalog/", 4),
        Page("deep page", f"/katalog/?page={deep}", None),
        Page("filtered", "/katalog/?craft=batik&price_max=400000&available=true", 4),
        Page("search", "/katalog/?q=batik+tulis+pirus", 4),
        Page("product", _product(server), 3),
    ]


def _product(server: Server) -> str:
    """Any work: the one in the middle of the first page."""
    found = PRODUCT.findall(fetch(server.at("/katalog/"), coding="identity"))
    return bytes(found[len(found) // 2]).decode()
