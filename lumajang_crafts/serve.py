"""What `make run` runs: the whole site on this machine, until Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import IO

from lumajang_crafts import children, freshness, localdb

PROJECT = Path(__file__).resolve().parent.parent
RUN = PROJECT / "var" / "run"
LEFTOVERS = RUN / "children.json"
STOPPING = RUN / "stopping"
SETUP_STAMP = RUN / "setup"
SIGN_INS = RUN / "sign-ins"
STANDIN_MEMORY = RUN / "stand-in.json"  # see orders/standin
HOST = "127.0.0.1"
HIGHEST_PORT = 65535
PATIENCE = 60  # seconds for the site's first answer

OWNER_SETUP = ("migrate --no-input -v 0", "createcachetable -v 0", "grant_roles")
APP_SETUP = (
    "compile_messages",
    "collectstatic --no-input -v 0",
    "sync_groups",
    "load_documents",
    "rebuild_search",
)

Environment = Mapping[str, str]


class Refusal(Exception):
    """Why the site cannot be served. The message is one sentence for a person."""


class Ended(Exception):
    """Somebody asked us to end: SIGTERM, SIGHUP, or the death of make."""


def main() -> int:
    os.chdir(PROJECT)
    children.end_when_parent_ends()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` ignores it
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_ended)
    try:
        serve(chosen_port())
    except (Refusal, localdb.LocalDatabaseError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Ended):
        with suppress(OSError):  # the terminal may be gone
            say("\nStopped.")
    return 0


def raise_ended(_number: int, _frame: FrameType | None) -> None:
    raise Ended


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise Refusal(f"PORT is {text!r}: give a number such as PORT=8001.")
    return int(text)


def serve(port: int) -> None:
    with only_run_here():
        children.end_leftovers(LEFTOVERS)
        check_port(port)
        if "DATABASE_URL" not in os.environ:
            localdb.ensure()
        app = environment("app", port)
        set_up(environment("owner", port), app)
        attend(port, app)


def only_run_here() -> IO[str]:
    """One run for each folder; wait for one that is just ending."""
    RUN.mkdir(parents=True, exist_ok=True)
    lock = (RUN / "serve.lock").open("a")
    deadline = time.monotonic() + children.PATIENCE + 5
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not STOPPING.exists() or time.monotonic() > deadline:
                raise Refusal(
                    "This folder is being served already: end that `make run` first."
                ) from error
            time.sleep(0.1)
        else:
            STOPPING.unlink(missing_ok=True)
            return lock


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Refusal(
                f"This user may not serve on port {port}: choose one above 1023, "
                "as in `make run PORT=8001`."
            ) from error
        except OSError as error:
            raise Refusal(
                f"Another program uses port {port}: end it, or choose another port, "
                f"as in `make run PORT={port % HIGHEST_PORT + 1}`."
            ) from error


def environment(role: localdb.Role, port: int) -> dict[str, str]:
    """Our defaults; what is in the environment already wins."""
    ours = localdb.defaults() if "DATABASE_URL" in os.environ else localdb.environment(role)
    site = {"SITE_URL": f"http://localhost:{port}"}
    if is_demo():
        site["STANDIN_URL"] = f"http://{HOST}:{port_beside(port)}"
    return {**ours, **site, **os.environ, "PORT": str(port)}


@cache
def port_beside(port: int) -> int:
    """Where the stand-in for the payment gateway serves: the next port, or any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port + 1))
        except (OSError, OverflowError):
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def set_up(owner: Environment, app: Environment) -> None:
    """Bring database, messages, static files and demo up to date, if anything changed."""
    if is_set_up():
        return
    say("Preparing database, messages and static files ...")
    SETUP_STAMP.unlink(missing_ok=True)
    SIGN_INS.unlink(missing_ok=True)
    STANDIN_MEMORY.unlink(missing_ok=True)  # a new database gives out its numbers anew
    run_commands(OWNER_SETUP, owner)
    run_commands(APP_SETUP, app)
    if is_demo():
        say("Loading the demo, if the catalogue is empty ...")
        run_commands(("load_demo --if-empty", "load_selling_demo"), app)
        with SIGN_INS.open("w") as text:
            run_commands(("load_demo --sign-ins",), app, text)
    SETUP_STAMP.write_text(setup_fingerprint())


def is_set_up() -> bool:
    """Of a database that is not ours nobody knows whether it was emptied: never skip it."""
    if "DATABASE_URL" in os.environ or not SETUP_STAMP.exists():
        return False
    return SETUP_STAMP.read_text() == setup_fingerprint()


def setup_fingerprint() -> str:
    ours = "DATABASE_URL" not in os.environ
    return freshness.fingerprint(localdb.identity() if ours else "", str(is_demo()))


def is_demo() -> bool:
    return os.environ.get("DEMO") == "1"


def run_commands(
    commands: tuple[str, ...], env: Environment, output: IO[str] | None = None
) -> None:
    command = [sys.executable, "-m", "lumajang_crafts.commands", *commands]
    child = children.spawn(command, env, output)
    try:
        code = child.wait()
    except BaseException:
        children.end([child])
        raise
    if code != 0:
        raise Refusal(f"Setting up failed in one of these: {', '.join(commands)} (see above).")


def attend(port: int, env: Environment) -> None:
    """Run the web server and the worker until one of them or somebody ends it."""
    python = sys.executable
    web = [python, "-m", "gunicorn", "-c", "python:lumajang_crafts.gunicorn_conf"]
    worker = [python, "manage.py", "procrastinate", "worker"]
    running: dict[str, children.Child] = {}
    try:
        running["web server"] = children.spawn([*web, "lumajang_crafts.wsgi"], env)
        running["worker"] = children.spawn(worker, env)
        if is_demo():
            running["payment stand-in"] = children.spawn([python, "-m", "orders.standin"], env)
        children.remember(list(running.values()), LEFTOVERS)
        wait_until_it_answers(port, running)
        welcome(port)
        name = children.first_to_end(running)
        raise Refusal(f"The {name} ended by itself (see above), so everything was stopped.")
    finally:
        STOPPING.touch()
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # we are ending; only Ctrl-C may insist
        children.end(list(running.values()))
        LEFTOVERS.unlink(missing_ok=True)


def wait_until_it_answers(port: int, running: Mapping[str, children.Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(f"http://{HOST}:{port}/livez"):
        for name, child in running.items():
            if child.poll() is not None:
                raise Refusal(f"The {name} could not start (see above).")
        if time.monotonic() > deadline:
            raise Refusal(f"The web server gave no answer within {PATIENCE} s (see above).")
        time.sleep(0.1)


def answers(address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=5) as response:
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def welcome(port: int) -> None:
    if is_demo():
        say(SIGN_INS.read_text().rstrip())
    say(f"Ready: http://{HOST}:{port}/  (Ctrl-C ends it)")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
