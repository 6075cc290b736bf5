"""Jobs of buying: thin wrappers around acts."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from orders import carts, expiry, keepsakes, letters, polling, receiving


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


@app.periodic(cron="* * * * *")
@app.task(name="expire_overdue", queueing_lock="expire_overdue")
def expire_overdue(timestamp: int) -> None:
    expiry.expire_overdue()


@app.periodic(cron="*/5 * * * *")
@app.task(name="poll_open", queueing_lock="poll_open")
def poll_open(timestamp: int) -> None:
    """A notice may be lost: asking alone brings an order to paid."""
    polling.poll_open()


@app.task(name="tell_finance", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def tell_finance(model: str, pk: int, step: str, by: int) -> None:
    receiving.send_alert(model, pk, step, by=by)


@app.task(name="keep_photos", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def keep_photos(order_id: int) -> None:
    keepsakes.keep(order_id)
