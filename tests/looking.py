"""What a page shows to the eye of a test: barriers, and what does not fit."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def barriers(page: Page) -> list[str]:
    """What axe finds. Preloading would fetch every stylesheet once more and outlast the test."""
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    return [violation["id"] for violation in violations]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
