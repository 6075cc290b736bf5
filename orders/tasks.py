"""Jobs of buying: thin wrappers around acts."""

from procrastinate.contrib.django import app

from orders import carts


@app.periodic(cron="50 3 * * *")
@app.task(name="forget_abandoned_carts", queueing_lock="forget_abandoned_carts")
def forget_abandoned_carts(timestamp: int) -> None:
    carts.forget_abandoned()
