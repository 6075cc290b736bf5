"""A folder with a copy of some of our files, in which they run as in a project of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCALDB = [
    "manage.py",
    "lumajang_crafts/__init__.py",
    "lumajang_crafts/localdb.py",
    "lumajang_crafts/localdb.sql",
    "lumajang_crafts/localdb_cluster.py",
    "lumajang_crafts/localdb_place.py",
    "lumajang_crafts/management/__init__.py",
    "lumajang_crafts/management/commands/__init__.py",
    "lumajang_crafts/management/commands/localdb.py",
]


class Copy:
    """Its folder is open to other accounts, unlike those that pytest makes."""

    def __init__(self, files: list[str], below: str = ".") -> None:
        self.top = Path(tempfile.mkdtemp(prefix="lumajang-test-", dir="/var/tmp"))
        self.top.chmod(0o755)
        self.folder = self.top / below
        for name in files:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, self.folder / name)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            check=False,
            timeout=120,
            **self.options(environment),
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, *arguments], **self.options(environment))

    def options(self, environment: dict[str, str]) -> dict[str, object]:
        """Without what the test run itself was told, such as DATABASE_URL."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            "cwd": self.folder,
            "env": {**kept, "PYTHONPATH": str(self.folder), **environment},
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
        }

    def processes(self) -> list[int]:
        """Every process that names this folder, the database server among them."""
        names = [str(self.folder), *map(str, self.private_folders())]
        return [pid for pid, command in commands() if any(name in command for name in names)]

    def private_folders(self) -> list[Path]:
        code = (
            "from lumajang_crafts import localdb_place as place\n"
            "print(place.private_folder_names()[0].name[:-1])"
        )
        beginning = self.python("-c", code).stdout.strip()
        return list(Path("/var/tmp").glob(f"{beginning}*"))

    def remove(self) -> None:
        for folder in [*self.private_folders(), self.top]:
            shutil.rmtree(folder)


def commands() -> list[tuple[int, str]]:
    shown = subprocess.run(
        ["ps", "-eww", "-o", "pid=,command="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.strip().partition(" ") for line in shown.stdout.splitlines()]
    return [(int(pid), command) for pid, _, command in rows]


def wait_until(condition: Callable[[], object]) -> None:
    """Half a minute is no measure: it only keeps a failing test from hanging."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
