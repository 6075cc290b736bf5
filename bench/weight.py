"""What a phone loads of a page: a real browser, 360 px wide, nothing cached."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.servers import Server

PHONE: ViewportSize = {"width": 360, "height": 740}
SHARPNESS = 2
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Image": "images"}
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Weight:
    """Bytes as transferred, heads included, by kind; requests; cumulative layout shift."""

    bytes: Counter[str]
    requests: int
    foreign: int
    shift: float

    @property
    def total(self) -> int:
        return self.bytes.total()


def weigh(server: Server, paths: dict[str, str]) -> dict[str, Weight]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        weights = {name: _weigh(browser, server, path) for name, path in paths.items()}
        browser.close()
    return weights


def _weigh(browser: Browser, server: Server, path: str) -> Weight:
    context = browser.new_context(viewport=PHONE, device_scale_factor=SHARPNESS, locale="id-ID")
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    kinds, sizes, hosts = _record(context.new_cdp_session(page))
    page.goto(f"http://127.0.0.1:{server.port}{path}", wait_until="networkidle")
    shift = _shift(page)
    context.close()
    by_kind: Counter[str] = Counter()
    for request, size in sizes.items():
        by_kind[KINDS.get(kinds[request], "other")] += size
    foreign = sum(count for host, count in hosts.items() if host != "127.0.0.1")
    return Weight(by_kind, len(kinds), foreign, shift)


def _record(session: Any) -> tuple[dict[str, str], dict[str, int], Counter[str | None]]:
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    hosts: Counter[str | None] = Counter()

    def answered(event: Any) -> None:
        if event["response"]["url"].startswith("http"):
            kinds[event["requestId"]] = event["type"]
            hosts[urlsplit(event["response"]["url"]).hostname] += 1

    def finished(event: Any) -> None:
        if event["requestId"] in kinds:
            sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return kinds, sizes, hosts


def _shift(page: Page) -> float:
    page.wait_for_timeout(500)
    return float(page.evaluate("window.shifted"))


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")
