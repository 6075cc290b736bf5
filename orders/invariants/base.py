"""What an invariant is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    ids: str
    rule: str
    sql: str  # its first column names a row that breaks the rule
