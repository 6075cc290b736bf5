"""One photo is decoded at a time on a machine: two of 50 megapixels could exhaust its memory.

Web processes, their threads and the workers of jobs share one file lock. The
kernel drops the lock of a killed process.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

POLL = 0.05  # seconds


class Busy(Exception):
    """Others were decoding for the whole time that the caller would wait."""


@contextmanager
def turn(patience: float | None = None) -> Iterator[None]:
    """Hold the machine's one place for decoding. Raises Busy after `patience` seconds.

    Without `patience` the caller waits for as long as it takes: jobs do. It
    must not be asked for twice by one caller, who would wait for itself.
    """
    path = Path(settings.DECODING_LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:  # a file of its own: threads exclude each other too
        if patience is None:
            fcntl.flock(file, fcntl.LOCK_EX)
        else:
            _wait(file, time.monotonic() + patience)
        yield


def _wait(file: IO[str], deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise Busy from error
            time.sleep(POLL)
        else:
            return
