"""One stylesheet leaves the house, within the budgets of the design."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from accounts import documents
from tests.factories import CategoryFactory, ProductFactory

KILO = 1000


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "lumajang_crafts.lib.storage.BundledStaticFilesStorage"}
    }
    call_command("collectstatic", "--no-input", "-v", "0")
    return tmp_path


def stylesheet(folder: Path) -> str:
    (path,) = folder.glob("css/main.*.css")
    return path.read_text()


def test_the_stylesheet_holds_its_parts_and_every_address_in_it_exists(collected):
    css = stylesheet(collected)

    assert "@import" not in css
    assert "@layer tokens" in css
    assert ".product-card" in css
    for address in re.findall(r'url\("?([^")]+)"?\)', css):
        assert (collected / "css" / address).resolve().exists(), address


def test_a_changed_part_reaches_the_stylesheet_of_the_next_release(
    collected, settings, tmp_path_factory
):
    changed = tmp_path_factory.mktemp("changed")
    shutil.copytree(settings.BASE_DIR / "static", changed, dirs_exist_ok=True)
    (changed / "css" / "layout.css").write_text(".new-thing { margin: 0; }")
    settings.STATICFILES_DIRS = [changed]
    call_command("collectstatic", "--no-input", "-v", "0")

    manifest = json.loads((collected / "staticfiles.json").read_text())
    assert ".new-thing" in (collected / manifest["paths"]["css/main.css"]).read_text()


def test_styles_and_scripts_keep_their_budgets(collected):
    css = gzip.compress(stylesheet(collected).encode())
    js = [gzip.compress(path.read_bytes()) for path in collected.glob("js/*.js")]

    assert len(css) <= 15 * KILO
    assert sum(map(len, js)) <= 25 * KILO


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/", "/katalog/", "/kecamatan/", "/tentang/", "/perajin/", "/privasi/"]
)
def test_html_keeps_its_budget_with_a_full_page(client, url):
    ProductFactory.create_batch(24, category=CategoryFactory())
    documents.load()

    response = client.get(url, headers={"accept-encoding": "gzip"})

    assert len(response.content) <= 15 * KILO


def test_the_storage_in_tests_is_the_plain_one():
    assert staticfiles_storage.url("favicon.svg") == "/static/favicon.svg"
