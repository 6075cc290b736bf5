"""Money: what is asked for is the sum of its parts, and what comes finds its order."""

from orders.invariants.base import Invariant

INVARIANTS = [
    Invariant(
        "I16",
        "money for an expired or cancelled order is never lost: it waits to go back",
        """
        SELECT orders.number FROM orders_order AS orders
        JOIN orders_payment AS payment ON payment.order_id = orders.id
        WHERE orders.status IN ('pending', 'expired', 'cancelled', 'paid_late')
            AND payment.status IN ('paid', 'partly_refunded')
        """,
    ),
    Invariant(
        "I16, I25, I30",
        "a paid order has its money",
        """
        SELECT number FROM orders_order AS orders
        WHERE status = 'paid' AND NOT EXISTS (
            SELECT FROM orders_payment AS payment WHERE payment.order_id = orders.id
                AND payment.status IN ('paid', 'partly_refunded')
                AND payment.received >= orders.total
        )
        """,
    ),
    Invariant(
        "I14, I18",
        "a part is the sum of its lines, and an order of its parts",
        """
        SELECT orders.number FROM orders_order AS orders
        LEFT JOIN (
            SELECT order_id, sum(goods) AS goods, sum(shipping) AS shipping,
                sum(insurance) AS insurance, sum(tax) AS tax, sum(discount) AS discount,
                sum(total) AS total
            FROM orders_suborder GROUP BY order_id
        ) AS parts ON parts.order_id = orders.id
        WHERE (orders.goods, orders.shipping, orders.insurance, orders.tax, orders.discount,
                orders.total)
            IS DISTINCT FROM (parts.goods, parts.shipping, parts.insurance, parts.tax,
                parts.discount, parts.total)
        UNION ALL
        SELECT orders.number FROM orders_suborder AS part
        JOIN orders_order AS orders ON orders.id = part.order_id
        LEFT JOIN (
            SELECT suborder_id, sum(total) AS total FROM orders_orderline GROUP BY suborder_id
        ) AS lines ON lines.suborder_id = part.id
        WHERE lines.total IS DISTINCT FROM part.goods
        """,
    ),
    Invariant(
        "I18",
        "what is asked for is the order's total and the unique code",
        """
        SELECT reference FROM orders_payment AS payment
        JOIN orders_order AS orders ON orders.id = payment.order_id
        WHERE payment.amount <> orders.total + payment.unique_code
        """,
    ),
    Invariant(
        "I22",
        "no more goes back than came",
        """
        SELECT reference FROM orders_payment AS payment
        JOIN (
            SELECT payment_id, sum(amount) AS amount FROM orders_refund GROUP BY payment_id
        ) AS refunds ON refunds.payment_id = payment.id
        WHERE refunds.amount > payment.received
        """,
    ),
    Invariant(
        "I23",
        "another amount pays nothing; what came in excess is on its way back",
        """
        SELECT reference FROM orders_payment AS payment
        WHERE status = 'paid' AND (received < amount OR received > amount + coalesce((
            SELECT sum(refund.amount) FROM orders_refund AS refund
            WHERE refund.payment_id = payment.id
        ), 0))
        """,
    ),
    Invariant(
        "I24",
        "money that came was heard of, once",
        """
        SELECT reference FROM orders_payment AS payment
        WHERE (received > 0) <> EXISTS (
            SELECT FROM orders_paymentevent AS event WHERE event.payment_id = payment.id
                AND event.state IN ('paid', 'reversed', 'refunded', 'partly_refunded')
        )
        """,
    ),
    Invariant(
        "invoices",
        "invoice numbers of a year have no gaps",
        """
        SELECT year::text FROM orders_invoicecounter AS counter
        FULL JOIN (
            SELECT invoice_year, count(*) AS drawn, max(invoice_number) AS highest
            FROM orders_order WHERE invoice_year IS NOT NULL GROUP BY invoice_year
        ) AS invoices ON invoices.invoice_year = counter.year
        WHERE (drawn, highest) IS DISTINCT FROM (last::bigint, last)
        """,
    ),
]
