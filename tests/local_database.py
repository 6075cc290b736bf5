"""Loaded by pytest before pytest-django reads the settings: see `addopts` in pyproject.toml.

Tests run as the owner role, which may create the test databases. With DATABASE_URL set they
use that server, whose role must have CREATEDB.
"""

import os
from collections.abc import Generator

import pytest

from lumajang_crafts import localdb


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    if "DATABASE_URL" in os.environ:
        for name, value in localdb.defaults().items():
            os.environ.setdefault(name, value)
    else:
        prepare_local_database()
    return (yield)


def prepare_local_database() -> None:
    try:
        localdb.prepare(["pytest"])
    except localdb.LocalDatabaseError as refusal:
        raise pytest.UsageError(str(refusal)) from refusal
