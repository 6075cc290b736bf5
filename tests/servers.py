"""Starting, holding and watching real local databases."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg

from tests.copies import Copy

ENSURE = "from lumajang_crafts import localdb; localdb.ensure(); "
HOLD = ENSURE + "print(localdb.url('owner'), flush=True); input()"
SETTINGS = """
import os
SECRET_KEY = os.environ["SECRET_KEY"]
INSTALLED_APPS = ["lumajang_crafts"]
"""


def hold(copy: Copy) -> tuple[subprocess.Popen[str], str]:
    """A process that uses the server until it is given a line."""
    holder = copy.start("-c", HOLD)
    url = holder.stdout.readline().strip()
    assert url.startswith("postgresql://"), holder.stderr.read()
    return holder, url


def release(holder: subprocess.Popen[str]) -> None:
    holder.communicate("\n", timeout=60)


def server_pid(url: str) -> int:
    with psycopg.connect(url) as connection:
        lock = Path(connection.info.host, ".s.PGSQL.5432.lock")
    return int(lock.read_text().split()[0])


def is_alive(pid: int) -> bool:
    """Whether it runs: an ended process that nobody has waited for does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return state.stdout.strip()[:1] not in ("", "Z")
