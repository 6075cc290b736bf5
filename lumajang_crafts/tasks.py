"""Jobs of the site itself."""

from procrastinate.contrib.django import app

from lumajang_crafts.lib import ratelimit


@app.periodic(cron="17 * * * *")
@app.task(name="forget_ended_tries", queueing_lock="forget_ended_tries")
def forget_ended_tries(timestamp: int) -> None:
    ratelimit.forget_ended()
