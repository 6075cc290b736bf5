"""The local PostgreSQL server that `make run`, `make test` and manage.py share.

Each process that uses it holds a shared lock on var/postgres/users.lock for as long as it
lives, and the last one to leave stops the server. The kernel drops the lock of a killed
process, so nothing is counted wrongly: the next command adopts the server and stops it.
DATABASE_URL in the environment means another server, and this one is never touched.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Literal
from urllib.parse import quote

from lumajang_crafts import localdb_cluster as cluster
from lumajang_crafts.localdb_place import PROJECT, LocalDatabaseError, locate

__all__ = ["LocalDatabaseError", "ensure", "prepare", "status", "stop", "url"]

Role = Literal["owner", "app"]

OWNER_COMMANDS = frozenset(
    [
        "createcachetable",
        "grant_roles",
        "lintmigrations",
        "makemigrations",
        "migrate",
        "pytest",
        "showmigrations",
    ]
)
COMMANDS_WITHOUT_DATABASE = frozenset(
    [
        "--version",
        "collectstatic",
        "compile_messages",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "localdb",
        "makemessages",
        "startapp",
        "startproject",
        "update_messages",
        "version",
    ]
)

_held: list[IO[str]] = []


def prepare(arguments: Sequence[str]) -> None:
    """Point Django at the local server, and start it if the command needs one.

    `arguments` are those after "manage.py". Call it before Django reads its settings.
    """
    command = arguments[0] if arguments else "help"
    role: Role = "owner" if command in OWNER_COMMANDS else "app"
    for name, value in environment(role).items():
        os.environ.setdefault(name, value)
    asks_help = "--help" in arguments or "-h" in arguments
    if command not in COMMANDS_WITHOUT_DATABASE and not asks_help:
        ensure()


def environment(role: Role) -> dict[str, str]:
    return {"DATABASE_URL": url(role), **defaults()}


def defaults() -> dict[str, str]:
    """What production takes from its operator."""
    return {
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": "http://localhost:8000",
    }


def url(role: Role) -> str:
    """Where Django finds the server. The socket folder is percent-encoded as the host."""
    host = quote(str(locate().sockets), safe="")
    return f"postgresql://{cluster.ROLES[role]}@{host}:5432/{cluster.DATABASE}"


def ensure() -> None:
    """Start the server or adopt it, and hold it until this process ends."""
    if _held:
        return
    place = locate()
    with start_lock():
        users = lock_file("users.lock")
        fcntl.flock(users, fcntl.LOCK_SH)
        if place.is_private and not cluster.is_running(place):
            print(
                f"Note: other accounts cannot enter {PROJECT}, so the local database, which root "
                f"may not run, is in {place.home}.",
                file=sys.stderr,
            )
        with undisturbed():
            _held.append(users)
            atexit.register(leave, os.getpid())
            leave_on_signals()
            cluster.start(place)


def leave(opener: int) -> None:
    """Give the lock back, and stop the server if nobody else holds it.

    Only the process that took the lock may: a forked child inherits this exit handler.
    """
    is_gone = not locate().locks.is_dir()  # someone wiped var/: the server ends by itself
    if os.getpid() != opener or not _held or is_gone:
        return
    with undisturbed(), start_lock(), _held.pop() as users:
        if is_last(users) and not is_kept():
            cluster.stop(locate())


def stop() -> None:
    """Stop the server that `keep` or LOCALPG_KEEP left running."""
    with start_lock(), lock_file("users.lock") as users:
        if not is_last(users):
            raise LocalDatabaseError(
                "Another process is using the local database: end it first, then stop again."
            )
        keep_marker().unlink(missing_ok=True)
        cluster.stop(locate())


def keep() -> None:
    """Start the server and leave it running when this process ends."""
    ensure()
    keep_marker().touch()


def status() -> str:
    place = locate()
    if cluster.is_running(place):
        return f"The local database is running; its data are in {place.data}."
    return f"The local database is stopped; its data are in {place.data}."


def identity() -> str:
    """Differs for each newly made cluster. Needs no running server."""
    control = locate().data / "global" / "pg_control"
    return control.read_bytes()[:8].hex() if control.exists() else ""


def is_last(users: IO[str]) -> bool:
    """Whether nobody else holds the lock. Holding the start lock, nobody can join meanwhile."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_kept() -> bool:
    return os.environ.get("LOCALPG_KEEP") == "1" or keep_marker().exists()


def keep_marker() -> Path:
    return locate().locks / "keep"


@contextmanager
def start_lock() -> Iterator[None]:
    with lock_file("start.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let a Ctrl-C wait: a server that is half started or half stopped would be left behind."""
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def lock_file(name: str) -> IO[str]:
    path = locate().locks / name
    try:
        return path.open("a")
    except OSError as error:
        raise LocalDatabaseError(
            f"The file {path} cannot be opened ({error.strerror}): "
            "run this as the user who owns the project."
        ) from error


def secret_key() -> str:
    """One for each clone, readable by its user only."""
    path = PROJECT / "var" / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def leave_on_signals() -> None:
    """Python runs no exit handlers when SIGTERM or SIGHUP end it the default way."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, exit_in_order)


def exit_in_order(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
