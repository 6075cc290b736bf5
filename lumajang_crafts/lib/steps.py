"""Steps of a status: the graph is data of the model, and one place walks it."""

from collections.abc import Mapping
from typing import Any


class IllegalTransition(Exception):
    """The status graph has no such step."""


def check(row: Any, status: str, graph: Mapping[str, frozenset[str]]) -> None:
    """Raise IllegalTransition unless the row may go from its status to this one."""
    if status not in graph[row.status]:
        raise IllegalTransition(f"{row}: {row.status} to {status}")
