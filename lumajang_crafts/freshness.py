"""Whether the set-up that `make run` did last time still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
INPUTS = (
    "requirements/local.txt",
    "lumajang_crafts/settings.py",
    "*/migrations/*.py",
    "*/management/commands/*.py",
    "*/*_data/**/*",
    "accounts/groups.py",
    "locale/**/*.po",
    "static/**/*",
)


def fingerprint(*conditions: str) -> str:
    """Changes with the conditions, with the inputs, and when a result was deleted."""
    lines = [*conditions, *map(describe, inputs()), *missing_results()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def inputs() -> Iterator[Path]:
    for pattern in INPUTS:
        yield from sorted(path for path in PROJECT.glob(pattern) if path.is_file())


def describe(path: Path) -> str:
    found = path.stat()
    return f"{path.relative_to(PROJECT)} {found.st_size} {found.st_mtime_ns}"


def missing_results() -> Iterator[str]:
    results = [path.with_suffix(".mo") for path in PROJECT.glob("locale/**/*.po")]
    results.append(PROJECT / "var" / "static")
    yield from (f"missing {path}" for path in sorted(results) if not path.exists())
