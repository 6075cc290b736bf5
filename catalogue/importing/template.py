"""The empty spreadsheet that staff start from."""

from pathlib import Path


def write(path: Path) -> None:
    raise NotImplementedError
