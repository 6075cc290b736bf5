"""Stock: nothing is sold twice, promised without need or lost."""

from orders.invariants.base import Invariant

HELD = "orders.status IN ('pending', 'awaiting_verification')"
LINES = """
    orders_orderline AS line
    JOIN orders_suborder AS part ON part.id = line.suborder_id
    JOIN orders_order AS orders ON orders.id = part.order_id
"""

INVARIANTS = [
    Invariant(
        "I1, I7",
        "no more is promised than there is",
        "SELECT sku FROM catalogue_variant WHERE reserved < 0 OR reserved > on_hand",
    ),
    Invariant(
        "I2",
        "the ledger of stock sums to the counter",
        """
        SELECT sku FROM catalogue_variant AS variant
        LEFT JOIN (
            SELECT variant_id, sum(quantity) AS moved
            FROM catalogue_stockmovement GROUP BY variant_id
        ) AS movements ON movements.variant_id = variant.id
        WHERE on_hand <> coalesce(moved, 0)
        """,
    ),
    Invariant(
        "I2",
        "what was sold left the shelf, once, and nothing else did under an order's number",
        f"""
        SELECT coalesce(sold.number, moved.note) FROM (
            SELECT orders.number, line.variant_id, sum(line.quantity) AS pieces FROM {LINES}
            WHERE part.status NOT IN ('waiting', 'cancelled') AND line.supply <> 'made_to_order'
            GROUP BY orders.number, line.variant_id
        ) AS sold
        FULL JOIN (
            SELECT movement.note, movement.variant_id, -sum(movement.quantity) AS pieces
            FROM catalogue_stockmovement AS movement
            JOIN orders_order AS orders ON orders.number = movement.note
            GROUP BY movement.note, movement.variant_id
        ) AS moved ON moved.note = sold.number AND moved.variant_id = sold.variant_id
        WHERE coalesce(sold.pieces, 0) <> coalesce(moved.pieces, 0)
        """,
    ),
    Invariant(
        "I3, I5, I15, I17",
        "what is reserved is what unpaid orders hold",
        f"""
        SELECT sku FROM catalogue_variant AS variant
        LEFT JOIN (
            SELECT line.variant_id, sum(line.quantity) AS held FROM {LINES}
            WHERE {HELD} AND line.supply <> 'made_to_order' GROUP BY line.variant_id
        ) AS holds ON holds.variant_id = variant.id
        WHERE reserved <> coalesce(held, 0)
        """,
    ),
    Invariant(
        "I4, I9",
        "a one-of-a-kind work is in one order at most",
        f"""
        SELECT min(line.sku) FROM {LINES}
        WHERE line.supply = 'one_of_a_kind' AND part.status <> 'cancelled'
        GROUP BY line.variant_id HAVING sum(line.quantity) > 1
        """,
    ),
]
