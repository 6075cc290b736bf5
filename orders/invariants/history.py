"""History: every step is allowed, recorded and in order; no order is half made."""

from orders.invariants.base import Invariant

INVARIANTS = [
    Invariant(
        "I10",
        "an order takes only the steps that its graph has",
        """
        SELECT orders.number FROM orders_orderevent AS event
        JOIN orders_order AS orders ON orders.id = event.order_id
        WHERE suborder_id IS NULL AND (before || '>' || after) <> ALL (%(order_steps)s)
        """,
    ),
    Invariant(
        "I10",
        "a part takes only the steps that its graph has",
        """
        SELECT orders.number FROM orders_orderevent AS event
        JOIN orders_order AS orders ON orders.id = event.order_id
        WHERE suborder_id IS NOT NULL AND (before || '>' || after) <> ALL (%(part_steps)s)
        """,
    ),
    Invariant(
        "I11",
        "history has no gaps and no breaks",
        """
        SELECT orders.number FROM (
            SELECT order_id, before, sequence,
                row_number() OVER (PARTITION BY order_id ORDER BY sequence) AS place,
                lag(after, 1, '') OVER (
                    PARTITION BY order_id, suborder_id ORDER BY sequence
                ) AS previous
            FROM orders_orderevent
        ) AS event JOIN orders_order AS orders ON orders.id = event.order_id
        WHERE sequence <> place OR before <> previous
        """,
    ),
    Invariant(
        "I11",
        "the last step of an order tells its status, and its parts’ theirs",
        """
        SELECT orders.number FROM orders_order AS orders
        LEFT JOIN LATERAL (
            SELECT after FROM orders_orderevent
            WHERE order_id = orders.id AND suborder_id IS NULL ORDER BY sequence DESC LIMIT 1
        ) AS last ON true WHERE last.after IS DISTINCT FROM orders.status
        UNION ALL
        SELECT orders.number FROM orders_suborder AS part
        JOIN orders_order AS orders ON orders.id = part.order_id
        LEFT JOIN LATERAL (
            SELECT after FROM orders_orderevent
            WHERE order_id = orders.id AND suborder_id = part.id ORDER BY sequence DESC LIMIT 1
        ) AS last ON true WHERE last.after IS DISTINCT FROM part.status
        """,
    ),
    Invariant(
        "I11",
        "what staff did names who did it",
        """
        SELECT orders.number FROM orders_orderevent AS event
        JOIN orders_order AS orders ON orders.id = event.order_id
        WHERE source = 'staff' AND actor_id IS NULL
        """,
    ),
    Invariant(
        "I12, I13",
        "a number and a key belong to one order",
        """
        SELECT min(number) FROM orders_order GROUP BY idempotency_key HAVING count(*) > 1
        UNION ALL
        SELECT number FROM orders_order GROUP BY number HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I42",
        "no half orders: each has parts, lines and a way to pay",
        """
        SELECT number FROM orders_order AS orders
        WHERE NOT EXISTS (SELECT FROM orders_suborder WHERE order_id = orders.id)
            OR NOT EXISTS (SELECT FROM orders_payment WHERE order_id = orders.id)
        UNION ALL
        SELECT orders.number FROM orders_suborder AS part
        JOIN orders_order AS orders ON orders.id = part.order_id
        WHERE NOT EXISTS (SELECT FROM orders_orderline WHERE suborder_id = part.id)
        """,
    ),
]
