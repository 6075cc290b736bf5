"""What no linter knows; see docs/architecture.md."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
COMPONENTS = TEMPLATES / "components"
CSS = ROOT / "static" / "css"
OURS = ("lumajang_crafts", "accounts", "artisans", "catalogue", "orders")
MOST_PYTHON, MOST_TEMPLATE, MOST_COMPONENT, MOST_CSS = 300, 120, 40, 120
LAYER_NAMES = {"utils", "helpers", "services", "managers", "misc", "common", "selectors"}


def python_files() -> Iterator[Path]:
    for package in OURS:
        yield from (p for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts)


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_over_its_budget():
    budgets = [(p, MOST_PYTHON) for p in python_files()]
    budgets += [(p, MOST_TEMPLATE) for p in TEMPLATES.rglob("*.html")]
    budgets += [(p, MOST_COMPONENT) for p in COMPONENTS.glob("*.html")]
    budgets += [(p, MOST_CSS) for p in (CSS / "components").glob("*.css")]

    assert [str(p) for p, most in budgets if lines(p) > most] == []


def test_no_module_is_named_for_its_layer():
    assert [str(p) for p in python_files() if p.stem in LAYER_NAMES] == []


def test_each_component_declares_its_needs_and_has_a_stylesheet_of_its_name():
    listed = (CSS / "main.css").read_text()
    for path in COMPONENTS.glob("*.html"):
        name = path.stem.replace("_", "-")
        text = path.read_text()
        assert text.startswith("{# Needs: "), path
        assert re.search(rf'class="[^"]*\b{name}\b', text), path
        assert (CSS / "components" / f"{name}.css").exists(), path
        assert f'"components/{name}.css"' in listed, path


def test_each_component_stylesheet_has_a_component():
    names = {path.stem.replace("_", "-") for path in COMPONENTS.glob("*.html")}

    assert {path.stem for path in (CSS / "components").glob("*.css")} <= names


def test_every_include_of_a_component_ends_in_only():
    loose = [
        f"{path.name}: {tag}"
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r'{% include "components/[^%]*%}', path.read_text())
        if not tag.endswith(" only %}")
    ]

    assert loose == []


def test_no_template_has_inline_style_or_script():
    guilty = [
        str(path)
        for path in TEMPLATES.rglob("*.html")
        if "email" not in path.parts  # a mail program loads no stylesheet of ours
        and re.search(
            r'\s(style|on[a-z]+)="|<style|<script(?! (type="module" )?src=)', path.read_text()
        )
    ]

    assert guilty == []


def test_data_for_machines_is_written_in_one_place():
    """A data block is no script, but whatever stands in it must be escaped alike."""
    writers = [str(p.relative_to(ROOT)) for p in python_files() if "<script" in p.read_text()]

    assert writers == ["lumajang_crafts/lib/structured.py"]


def test_every_blocktranslate_is_trimmed():
    tags = [
        tag
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r"{% blocktranslate[^%]*%}", path.read_text())
    ]

    assert [tag for tag in tags if "trimmed" not in tag] == []


def test_raw_colours_stand_only_in_the_tokens():
    guilty = [
        str(path)
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
        and re.search(r":[^;{]*(#[0-9a-f]{3,8}\b|rgba?\()", path.read_text())
    ]

    assert guilty == []


def test_status_is_set_only_by_the_model_that_owns_the_graph():
    guilty = [
        str(path)
        for path in python_files()
        if "models" not in path.parts and re.search(r"\.status = ", path.read_text())
    ]

    assert guilty == []


def patterns(resolver=None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND"])
def test_every_view_of_ours_refuses_methods_that_it_does_not_declare(rf, method):
    for pattern in patterns():
        view = pattern.callback
        if not view.__module__.startswith(OURS) or ".admin" in view.__module__:
            continue
        arguments = dict.fromkeys(pattern.pattern.converters, "x")
        assert view(rf.generic(method, "/"), **arguments).status_code == 405, pattern


def test_the_drawing_of_the_layers_matches_the_contracts():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = config["tool"]["importlinter"]["contracts"]
    apps = next(c["layers"] for c in contracts if c["name"].startswith("Apps"))
    drawing = " → ".join(apps)

    assert drawing in (ROOT / "docs" / "architecture.md").read_text()


def test_nothing_that_must_stay_private_is_tracked():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()

    assert [p for p in tracked if p.startswith(("var/", ".venv/")) or p.endswith("uv.lock")] == []


def test_the_locks_carry_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
