"""What the buyer is told by e-mail: written with the event, sent by a job."""

from orders.letters.post import defer_overdue, queue, send

__all__ = ["defer_overdue", "queue", "send"]
