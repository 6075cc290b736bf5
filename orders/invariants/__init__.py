"""What must be true of stock, orders and money at every moment, as questions that find faults.

Each question returns the rows that break its rule; the ids are those of
docs/operations.md. Nothing is mended here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from orders.invariants import delays, history, money, stock
from orders.invariants.base import Invariant
from orders.models import Order, SubOrder

MOST_SHOWN = 20  # faults of one kind that are named
ALWAYS = [*stock.INVARIANTS, *history.INVARIANTS, *money.INVARIANTS]


@dataclass(frozen=True, slots=True)
class Fault:
    invariant: Invariant
    row: str


def faults(*, at_rest: bool = False) -> Iterator[Fault]:
    """Ask everything in one snapshot; `at_rest` leaves out what only a running worker keeps."""
    asked = ALWAYS if at_rest else [*ALWAYS, *delays.INVARIANTS]
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for invariant in asked:
            cursor.execute(invariant.sql, _steps())
            for row in cursor.fetchmany(MOST_SHOWN):
                yield Fault(invariant, str(row[0]))


def _steps() -> dict[str, list[str]]:
    """The allowed steps as "before>after"; the first has nothing before it."""
    return {
        "order_steps": [f">{Order.Status.PENDING}", *_written(Order.NEXT)],
        "part_steps": [f">{SubOrder.Status.WAITING}", *_written(SubOrder.NEXT)],
    }


def _written(graph: dict[str, frozenset[str]]) -> list[str]:
    return [f"{before}>{after}" for before, steps in graph.items() for after in steps]
