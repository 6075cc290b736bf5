"""Production settings, made fast and quiet for tests."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
os.environ["SITE_URL"] = "http://testserver"

from lumajang_crafts.settings import *
from lumajang_crafts.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "process")
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"

# The test client speaks plain http.
SECURE_SSL_REDIRECT = False
