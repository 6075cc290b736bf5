"""CPU seconds of gunicorn's workers and of the database's backends, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
UTIME, CUTIME = 11, 13  # places in /proc/PID/stat after the name; see proc(5)


def seconds(*parents: int) -> float:
    """What these processes and their children, ended ones included, have used so far.

    Read it while no request runs: a child counts once it has been waited for.
    """
    pids = [pid for parent in parents for pid in (parent, *_children(parent))]
    return sum(map(_own_and_ended, pids)) / TICKS


def _own_and_ended(pid: int) -> int:
    """Ticks, which add up exactly."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, fields[UTIME : CUTIME + 2]))


def _children(pid: int) -> Iterator[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return
    yield from map(int, listed.split())
