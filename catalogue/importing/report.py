"""What is said about a spreadsheet: each problem at its line and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


class Unclear(Exception):
    """A cell cannot be taken as it stands: what is wrong, and what to do."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A sentence about one cell, in the reader's language; a note hinders nothing.

    `column` is the heading as the file writes it, empty for a whole row.
    """

    sheet: str
    line: int
    column: str
    what: str
    todo: str = ""
    is_error: bool = True


@dataclass(slots=True)
class Report:
    """Every problem once, in the order of the file."""

    problems: set[Problem] = field(default_factory=set)

    def add(self, problem: Problem) -> None:
        self.problems.add(problem)

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in sorted(self.problems) if problem.is_error]

    def lines(self) -> Iterator[str]:
        """Write the report as a table for a terminal: line, column, what, what to do."""
        problems = sorted(self.problems)
        many_sheets = len({problem.sheet for problem in problems}) > 1
        heads = [_head(problem, many_sheets) for problem in problems]
        widths = [max(len(part) for part in parts) for parts in zip(*heads, strict=True)]
        for parts, problem in zip(heads, problems, strict=True):
            start = "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
            todo = f" → {problem.todo}" if problem.todo else ""
            yield _printable(f"{start}  {problem.what}{todo}")


def _head(problem: Problem, many_sheets: bool) -> tuple[str, str, str]:
    weight = _("Error") if problem.is_error else _("Note")
    place = _("line %d") % problem.line
    return weight, f"{problem.sheet}, {place}" if many_sheets else place, problem.column


def _printable(line: str) -> str:
    """Keep a stranger's cell from steering the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in line)
