"""Jobs of buying: thin wrappers around acts."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from orders import carts, letters


@app.periodic(cron="50 3 * * *")
@app.task(name="forget_abandoned_carts", queueing_lock="forget_abandoned_carts")
def forget_abandoned_carts(timestamp: int) -> None:
    carts.forget_abandoned()


@app.task(name="send_order_message", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def send_order_message(message_id: int) -> None:
    letters.send(message_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="resend_unsent", queueing_lock="resend_unsent")
def resend_unsent(timestamp: int) -> None:
    """Letters that no job will send any more: the mail server was away for too long."""
    letters.defer_overdue()
