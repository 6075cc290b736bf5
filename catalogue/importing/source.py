"""Opening what a council sends; the content decides what a file is, not its name."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from catalogue.importing import delimited, workbook
from catalogue.importing.sheet import Sheet, Unreadable

MOST_BYTES = 50 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
ZIP = b"PK\x03\x04"


def read(file: BinaryIO) -> list[Sheet]:
    """Return the visible sheets of an .xlsx workbook, or a CSV file as one sheet.

    Raises Unreadable for everything else.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 50 MB. Split it into several files."))
    if content.startswith(OLE):
        raise Unreadable(
            _("This is an old .xls workbook or one with a password. Save it as .xlsx without one.")
        )
    if content.startswith(ZIP):
        return workbook.read(content)
    return [delimited.read(content)]
