"""JSON of a stranger: one object in UTF-8, and nothing that two readers could take differently."""

import json
from typing import Any, NoReturn


def read_object(body: bytes) -> dict[str, Any]:
    """Return the object; raises ValueError for anything else, however it was built."""
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_without_duplicates, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None
    if not isinstance(value, dict):
        raise ValueError("It is no object.")  # noqa: TRY004  (the one error of this function)
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")
