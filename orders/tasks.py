"""Jobs of buying: thin wrappers around acts."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from orders import expiry, polling, receiving


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
