"""Acts defer jobs by name, so that tasks may import acts and never the reverse."""

from procrastinate.contrib.django import app


def defer(name: str, *, priority: int = 0, lock: str | None = None, **arguments: object) -> None:
    """Queue the job in the caller's transaction: no commit, no job.

    A higher priority runs first. Jobs with the same lock never run together.
    """
    app.configure_task(name, priority=priority, lock=lock).defer(**arguments)  # type: ignore[arg-type]
