"""Acts of the shop in a process of its own, which may be made to die at a named point.

`python -m tests.crash_shop buy:3 --die after:stock.reserve` places an order with
the cart of buyer 3 and kills itself, as kill -9 would, once `stock.reserve` has
returned. `before:` dies at the call, `#2` at the second one. Without `--die` it
prints a line when the buyer would see the thank-you page.
"""

import argparse
import importlib
import itertools
import os
import signal
import sys
import uuid
from functools import wraps

import django

KEYS = uuid.UUID(int=0x10AD_0000_0000_0000_0000_0000_0000_0000)


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("acts", nargs="+", help="such as seed, buy:3, pay:3, check")
    parser.add_argument("--die")
    chosen = parser.parse_args(arguments)
    django.setup()
    if chosen.die:
        arm(chosen.die)
    from tests import crash_acts  # noqa: PLC0415  it needs the apps

    for name, _, number in (act.partition(":") for act in chosen.acts):
        for line in getattr(crash_acts, name)(int(number or 0)):
            print(line, flush=True)


def arm(point):
    """Replace the named function by one that kills this process around its n-th call."""
    when, _, rest = point.partition(":")
    path, _, count = rest.partition("#")
    module_path, _, name = path.rpartition(".")
    owner = find(module_path)
    real, calls = getattr(owner, name), itertools.count(1)

    @wraps(real)
    def deadly(*arguments, **options):
        fatal = next(calls) == int(count or 1)
        if fatal and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **options)
        if fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def find(path):
    """Import as much of a dotted path as is a module; the rest are attributes."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            owner = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            owner = getattr(owner, part)
        return owner
    raise LookupError(path)


if __name__ == "__main__":
    main(sys.argv[1:])
