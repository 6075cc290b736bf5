"""Run several management commands in one process: starting Django takes longer than most.

python -m lumajang_crafts.commands "migrate --no-input" grant_roles
"""

import os
import shlex
import sys

import django
from django.core.management import call_command


def main(commands: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumajang_crafts.settings")
    django.setup()
    for command in commands:
        name, *arguments = shlex.split(command)
        call_command(name, *arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
