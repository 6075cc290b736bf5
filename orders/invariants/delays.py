"""What only a running worker keeps: nothing waits too long."""

from orders.invariants.base import Invariant

INVARIANTS = [
    Invariant(
        "I15, I17",
        "an unpaid order ends in time",
        """
        SELECT number FROM orders_order
        WHERE status = 'pending' AND expires_at < now() - interval '30 minutes'
        """,
    ),
    Invariant(
        "I44",
        "no letter waits longer than ten minutes",
        """
        SELECT key FROM orders_ordermessage
        WHERE sent_at IS NULL AND created_at < now() - interval '10 minutes'
        """,
    ),
]
