"""How gunicorn serves the site. A graceful end must outlast the slowest request."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 25
graceful_timeout = 30
backlog = 64
max_requests = 2000
max_requests_jitter = 200
preload_app = False  # a connection pool must not be forked
control_socket_disable = True
loglevel = "warning"
accesslog = None
