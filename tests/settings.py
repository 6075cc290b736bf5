"""Production settings, made fast and quiet for tests."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
os.environ["SITE_URL"] = "http://testserver"

from lumajang_crafts.settings import *
from lumajang_crafts.settings import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
SEARCH_MISS_SECONDS = 0  # tests write them when they look

# The test client speaks plain http.
SECURE_SSL_REDIRECT = False
