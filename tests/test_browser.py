"""The browser that the other browser tests need is there, or its absence is said."""

import pytest
from playwright.sync_api import Page

from tests import browser


@pytest.fixture(autouse=True)
def forget_the_path():
    browser.chromium_path.cache_clear()
    yield
    browser.chromium_path.cache_clear()


def test_a_page_opens_in_it(page: Page):
    page.set_content("<h1>Batik</h1>")

    assert page.get_by_role("heading").inner_text() == "Batik"
    assert page.evaluate("navigator.language") == "id-ID"


def test_chromium_chooses_another(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/bin/sh")

    assert browser.chromium_path() == "/bin/sh"


def test_a_chromium_that_is_no_program_is_refused(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(browser.NoBrowser, match="'/nowhere/chromium', which is no program"):
        browser.chromium_path()


def test_without_any_browser_it_says_what_to_do(monkeypatch, tmp_path):
    asked = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(browser, "attempt", asked.append)

    with pytest.raises(browser.NoBrowser, match="need Chromium and none could be found"):
        browser.chromium_path()

    assert [command[-1] for command in asked] == ["chromium"]
