#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the local database."""

import os
import sys

from django.core.management import execute_from_command_line

from lumajang_crafts import localdb


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumajang_crafts.settings")
    if "DATABASE_URL" not in os.environ:
        try:
            localdb.prepare(sys.argv[1:])
        except localdb.LocalDatabaseError as refusal:
            sys.exit(str(refusal))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
