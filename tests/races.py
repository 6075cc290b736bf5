"""Doing the same thing many times at once, each on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(count: int, act: Callable[[int], Any], *, connections: int = 16) -> list[Any]:
    """Call `act(0) … act(count - 1)` and return what each returned or raised.

    The first calls of all connections start together.
    """
    start = threading.Barrier(min(connections, count))
    ready = threading.local()

    def one(number: int) -> Any:
        if not getattr(ready, "started", False):
            ready.started = True
            start.wait(timeout=30)
        try:
            return act(number)
        except Exception as error:  # noqa: BLE001  an outcome like any other
            return error

    def leave(_number: int) -> None:
        stop.wait(timeout=30)
        connection.close()

    workers = min(connections, count)
    stop = threading.Barrier(workers)
    with ThreadPoolExecutor(workers) as pool:
        outcomes = list(pool.map(one, range(count)))
        list(pool.map(leave, range(workers)))
    return outcomes


def raised(outcomes: list[Any], kind: type[Exception]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, kind)]
