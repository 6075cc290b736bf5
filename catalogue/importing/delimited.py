"""Reading CSV as spreadsheets write it: comma, semicolon or tab, in old and new encodings."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from catalogue.importing.sheet import MOST_COLUMNS, Row, Sheet, Unreadable, limited

DELIMITERS = ";,\t"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
FIRST_ROWS = 20


def read(content: bytes) -> Sheet:
    text = _decoded(content)
    first, _newline, rest = text.partition("\n")
    delimiter = ""
    if first.casefold().startswith("sep="):  # Excel's own hint
        delimiter, text = first.strip()[4:5], "\n" + rest
    return Sheet("", limited(_rows(text, delimiter or _delimiter(text))))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Count lines as an editor does: a cell may hold several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(cell.strip() for cell in cells[:MOST_COLUMNS]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("Line %d cannot be read as CSV. Save the file again as .xlsx or CSV UTF-8.") % line
        ) from error


def _delimiter(text: str) -> str:
    """Take the mark that gives many columns, in as many of the first rows as possible."""
    return max(DELIMITERS, key=lambda mark: _cells_gained(text, mark))


def _cells_gained(text: str, mark: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        widths = Counter(len(cells) for cells in islice(reader, FIRST_ROWS))
    except csv.Error:  # said with its line number when the rows are read
        return 0
    return max((count * width for width, count in widths.items() if width > 1), default=0)


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith(UTF16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This file is neither an .xlsx workbook nor a CSV file."))
