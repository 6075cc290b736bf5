"""How long a proof runs: short in `make test`, long in `make prove`."""

import os

PROVE = os.environ.get("PROVE") == "1"


def rounds(short: int, long: int) -> int:
    return long if PROVE else short
