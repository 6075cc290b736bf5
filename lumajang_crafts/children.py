"""Child processes that end with us, and those that an earlier, killed run left behind."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PATIENCE = 35  # seconds for a polite end; gunicorn gives running requests 30
LINUX_PR_SET_PDEATHSIG = 1
INTERRUPTS = 1 << signal.SIGINT - 1 | 1 << signal.SIGHUP - 1

Child = subprocess.Popen[bytes]


def spawn(command: Sequence[str], env: Mapping[str, str], output: IO[str] | None = None) -> Child:
    """Start it in a session of its own: Ctrl-C reaches us only, and we end it in order."""
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        start_new_session=True,
        preexec_fn=end_with_parent(),  # noqa: PLW1509  (no other thread runs here)
    )


def end_with_parent() -> Callable[[], None] | None:
    """What a child calls before it runs, so that `kill -9` of its parent ends it too."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_for_signal() -> None:
        prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGTERM)

    return ask_for_signal


def end_when_parent_ends() -> None:
    """For the process itself: make may be killed, and the terminal closed."""
    if sys.platform == "linux" and os.getppid() != 1:
        ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGTERM)


def end(children: Sequence[Child]) -> None:
    """Ask each in turn, and insist when it takes too long."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except (
            subprocess.TimeoutExpired,
            KeyboardInterrupt,
        ):  # a second Ctrl-C insists too
            child.kill()
            child.wait()


def first_to_end(children: Mapping[str, Child]) -> str:
    """Wait until one of them ends, and return its name."""
    while not make_is_ending():
        for name, child in children.items():
            if child.poll() is not None:
                return name
        time.sleep(0.2)
    raise KeyboardInterrupt


def make_is_ending() -> bool:
    """Whether a SIGINT or SIGHUP reached make alone, which then waits for us without a word.

    All that shows is that it blocks further ones. (A terminal's Ctrl-C reaches us as well, but
    a terminal that closes tells only the first process in it.)
    """
    try:
        status = Path(f"/proc/{os.getppid()}/status").read_text()
    except OSError:
        return False
    is_make = re.search(r"^Name:\s*g?make$", status, re.MULTILINE)
    blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return bool(is_make and blocked and int(blocked[1], 16) & INTERRUPTS)


def remember(children: Sequence[Child], path: Path) -> None:
    records = [{"pid": child.pid, "command": child.args} for child in children]
    path.write_text(json.dumps(records))


def end_leftovers(path: Path) -> None:
    """End what a killed run left, if the number still belongs to that command."""
    try:
        records = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return
    for record in records:
        pid, command = record["pid"], record["command"]
        for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5)):
            deadline = time.monotonic() + patience
            if command_of(pid) == command:
                os.kill(pid, number)
            while command_of(pid) == command and time.monotonic() < deadline:
                time.sleep(0.1)
    path.unlink()


def command_of(pid: int) -> list[str]:
    """The command line of a running process, or nothing."""
    proc = Path(f"/proc/{pid}/cmdline")
    try:
        if Path("/proc/self/cmdline").exists():
            return proc.read_text().split("\0")[:-1]
    except OSError:
        return []
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    shown = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return shown.split()
