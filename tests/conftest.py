import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from hypothesis import settings
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from catalogue import announcements
from catalogue.search import misses
from tests import money_rows
from tests.browser import LAUNCH_ARGUMENTS, chromium_path
from tests.copies import LOCALDB, Copy
from tests.gateway import standin
from tests.servers import SETTINGS

settings.register_profile("here", deadline=None)  # a busy machine is no fault
settings.load_profile("here")

PHONE: ViewportSize = {"width": 360, "height": 800}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright's loop makes Django take every test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="id-ID", timezone_id="Asia/Jakarta")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(page: Page) -> Page:
    """The same browser at a phone's size."""
    page.set_viewport_size(PHONE)
    return page


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    context = chromium.new_context(java_script_enabled=False, locale="id-ID", viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What the browser complains about, except the test's absent picture files."""
    found = []

    def note(message):
        if message.type == "error" and "/media/" not in message.location.get("url", ""):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits count in the cache, misses in the process; no test pays for another's tries.

    Every page asks for announcements once a minute: here, as mostly, it has just done so.
    """
    cache.clear()
    misses._waiting.clear()
    announcements.keep([])


@pytest.fixture
def fresh() -> Iterator[Copy]:
    copy = Copy(LOCALDB)
    (copy.folder / "lumajang_crafts/settings.py").write_text(SETTINGS)
    yield copy
    copy.python("-c", "from lumajang_crafts import localdb; localdb.stop()")
    copy.remove()


@pytest.fixture
def plain_http(settings):
    """What a browser needs where no TLS is: cookies that travel without it, as in the demo."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "sessionid", "csrftoken"
    settings.CART_COOKIE_NAME = "cart"


@pytest.fixture
def bank(monkeypatch):
    """A stand-in of the gateway at which the shop's orders are paid."""
    with standin() as serving:
        money_rows.use(serving, monkeypatch)
        yield serving


@pytest.fixture
def private(monkeypatch, tmp_path):
    """A private place of this test's own."""
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        monkeypatch.setitem(storages["private"].__dict__, name, str(tmp_path))
    return tmp_path
