"""One JSON object a line on standard output; the request id is in each."""

import re
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# The address of an order ends in the key to it, also where it stands encoded in another address.
ORDER_LINK = re.compile(
    r"((?:/|%2F)(?:pesanan|orders)(?:/|%2F)[\w-]+(?:/|%2F))[\w-]+", re.IGNORECASE
)


def without_keys(thing: Any) -> Any:
    """Return texts, lists and mappings with the keys of orders left out of every address."""
    if isinstance(thing, str):
        return ORDER_LINK.sub(r"\1…", thing)
    if isinstance(thing, dict):
        return {without_keys(name): without_keys(value) for name, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [without_keys(value) for value in thing]
    return thing


def leave_keys_out(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The last step before a line is written: nothing that a library logs tells a key."""
    return dict(without_keys(event))


def report_without_keys(event: Any, hint: dict[str, Any]) -> Any:
    """Sentry's `before_send`: addresses, crumbs and local variables of a failure."""
    return without_keys(event)


def logging_settings(level: str) -> dict[str, Any]:
    """Settings for Django's LOGGING. JSON escapes control characters, so that a
    forged line break in an address cannot forge a log line.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    leave_keys_out,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stdout",
            }
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.server": {"handlers": ["stdout"], "level": level, "propagate": False},
            # Its own handler would write the address of a request that failed as it is.
            "gunicorn.error": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
            "procrastinate": {"level": "WARNING"},
        },
    }


def configure() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
