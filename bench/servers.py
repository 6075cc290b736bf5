"""Start what is measured: the site and the floor, with the same gunicorn settings."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from bench import database
from bench.load import Address, WrongAnswer, fetch
from lumajang_crafts import children, localdb, serve

# A worker that ends in mid-measurement would be counted with its successor's start.
GUNICORN = ["-m", "gunicorn", "-c", "python:lumajang_crafts.gunicorn_conf"]
ENDLESS = ["--max-requests", "0", "--max-requests-jitter", "0"]
MEDIA = serve.PROJECT / "var" / "bench" / "media"
OWNER_SETUP = ("migrate --no-input -v 0", "createcachetable -v 0", "grant_roles")
PATIENCE = 60  # seconds for the first answer


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def at(self, path: str) -> Address:
        return Address(self.port, path)


def environment(name: str, role: localdb.Role, **more: str) -> dict[str, str]:
    """The site as `make run` serves it, with a database of the bench."""
    ours = {"DATABASE_URL": database.url(name, role), "DEMO": "1", "MEDIA_ROOT": str(MEDIA)}
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**localdb.defaults(), **kept, **ours, **more}


def prepare_site(name: str, products: int) -> None:
    database.create(name)
    serve.run_commands(OWNER_SETUP, environment(name, "owner"), sys.stderr)
    works = f"load_synthetic --products {products} --pictures"
    setup = ("compile_messages", "collectstatic --no-input -v 0", works)
    serve.run_commands(setup, environment(name, "app"), sys.stderr)
    database.settle(name)


def prepare_floor(rows: int) -> None:
    database.create("floor")
    command = [sys.executable, "-m", "bench.floor", str(rows)]
    if children.spawn(command, environment("floor", "owner")).wait() != 0:
        raise serve.Refusal("The floor could not be prepared (see above).")
    database.settle("floor")


@contextmanager
def running(application: str, name: str, role: localdb.Role, **more: str) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, *GUNICORN, *ENDLESS, application]
    child = children.spawn(command, environment(name, role, PORT=str(port), **more))
    try:
        server = Server(port, child.pid)
        _wait(server, child)
        yield server
    finally:
        children.end([child])


def _wait(server: Server, child: children.Child) -> None:
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < deadline:
        with suppress(OSError, WrongAnswer):
            fetch(server.at("/livez"))
            return
        time.sleep(0.2)
    raise serve.Refusal("A server gave no answer (see above).")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
