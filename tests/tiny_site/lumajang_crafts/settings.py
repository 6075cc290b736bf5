"""The smallest site that serve.py can serve: what it calls is here, and leaves a trace."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

_account, _, _server = urlsplit(os.environ["DATABASE_URL"]).netloc.partition("@")
_host, _, _port = _server.rpartition(":")

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")
ROOT_URLCONF = "lumajang_crafts.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "catalogue",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "lumajang",
        "USER": _account,
        "HOST": unquote(_host),
        "PORT": _port,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
STATIC_URL = "static/"
STATIC_ROOT = Path(__file__).resolve().parent.parent / "var/static"
