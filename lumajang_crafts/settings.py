"""All settings. Whatever differs between machines comes from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from lumajang_crafts.lib import env, logs

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}

# DEMO turns on sample sign-ins, the style page and plain cookies. Only `make run`
# sets it, and nothing of it can reach a public host.
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.texts("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = env.texts("FIELD_KEYS", default=[SECRET_KEY])
# The buyer's link to an order is made with the first; those of the others still open.
ORDER_LINK_KEYS = env.texts("ORDER_LINK_KEYS", default=[f"order-link:{SECRET_KEY}"])
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS")
ADMIN_PATH = env.text("ADMIN_PATH", default="kelola/").strip("/") + "/"

if (DEMO or DEBUG) and not LOCAL_HOSTS.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEMO and DEBUG only run on a local host; unset them.")
if DEMO and env.text("MIDTRANS_SERVER_KEY", default=""):
    raise ImproperlyConfigured("DEMO refuses to run beside a payment gateway's key.")

SITE = {
    "url": env.text("SITE_URL", default="http://localhost:8000").rstrip("/"),
    "name": env.text("SITE_NAME", default="Kriya Lumajang"),
    "council": env.text("SITE_COUNCIL", default="Dekranasda Kabupaten Lumajang"),
    "email": env.text("SITE_EMAIL", default=""),
    "whatsapp": env.text("SITE_WHATSAPP", default=""),  # digits, country code first
    "address": env.text("SITE_ADDRESS", default=""),
    "pse_number": env.text("SITE_PSE_NUMBER", default=""),
}

INSTALLED_APPS = [
    "lumajang_crafts.apps.LumajangCraftsConfig",
    "accounts",
    "artisans",
    "catalogue",
    "orders",
    "lumajang_crafts.apps.CouncilAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "phonenumber_field",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "lumajang_crafts.lib.requests.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "lumajang_crafts.lib.requests.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lumajang_crafts.lib.requests.language",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "orders.cart_cookie.middleware",
]

ROOT_URLCONF = "lumajang_crafts.urls"
WSGI_APPLICATION = "lumajang_crafts.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lumajang_crafts.lib.site.site",
                "catalogue.announcements.announcements",
                "orders.cart_cookie.cart_count",
            ],
        },
    },
]

# Database: one PostgreSQL schema; the pool belongs to a serving process.
_database = env.database("DATABASE_URL")
# No just-in-time compiling: it costs a page's short questions more than they take.
_database["OPTIONS"].setdefault("options", "-c lock_timeout=3s -c statement_timeout=30s -c jit=off")
if env.flag("DATABASE_POOL"):
    _database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.number("DATABASE_POOL_SIZE", 4)}
DATABASES = {"default": _database}
DATABASE_APP_ROLE = env.text("DATABASE_APP_ROLE", default="lumajang_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache: a table by default, so that several processes share it without another server.
_redis = env.text("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}
    if _redis
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Drawn parts of pages, in the process's memory; their keys are all that they show.
    "kept": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "kept",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

# Languages: Indonesian is the source; the address decides, see lib/requests.py.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USER_LANGUAGE_PATHS = (f"/{ADMIN_PATH}", "/ruang-perajin/")
PRIVATE_PATHS = (
    *USER_LANGUAGE_PATHS,
    *("/akun/", "/keranjang/", "/checkout/", "/pesanan/", "/lacak/"),
    *("/en/account/", "/en/cart/", "/en/checkout/", "/en/orders/", "/en/track/"),
)
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
PHONENUMBER_DEFAULT_REGION = "ID"
PHONENUMBER_DEFAULT_FORMAT = "E164"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = env.text("MEDIA_URL", default="/media/")
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": env.storage("MEDIA_S3_BUCKET", querystring_auth=False) or env.FOLDER,
    # Proofs of payment: no address leads here, a view hands them to whom they concern.
    "private": env.storage("PRIVATE_S3_BUCKET", default_acl="private")
    or {
        **env.FOLDER,
        "OPTIONS": {"location": env.text("PRIVATE_ROOT", default=str(VAR_DIR / "private"))},
    },
    "staticfiles": {"BACKEND": "lumajang_crafts.lib.storage.BundledStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o644
DECODING_LOCK = env.text("DECODING_LOCK", default=str(VAR_DIR / "decoding.lock"))

# Accounts: e-mail or phone signs in; staff need a second factor outside the demo.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
STAFF_NEED_SECOND_FACTOR = not DEMO
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.flag("BEHIND_PROXY"))  # whose X-Forwarded-For tells clients
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE["name"]
USERSESSIONS_TRACK_ACTIVITY = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.LocalWordsValidator"},
]

# E-mail goes out from a job; without a server it is printed.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST", default="")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="no-reply@localhost")

# Payment: the key goes to Midtrans alone, so no variable changes its addresses. The demo pays
# at the stand-in of `make run`.
PAYMENT_METHODS = env.texts("PAYMENT_METHODS", default=["transfer", "qris", "midtrans"])
MIDTRANS_SERVER_KEY = env.text("MIDTRANS_SERVER_KEY", default="")
MIDTRANS_MERCHANT_ID = env.text("MIDTRANS_MERCHANT_ID", default="")
MIDTRANS_IS_PRODUCTION = env.flag("MIDTRANS_IS_PRODUCTION")
_midtrans = "midtrans.com" if MIDTRANS_IS_PRODUCTION else "sandbox.midtrans.com"
MIDTRANS_API_URL = f"https://api.{_midtrans}"
MIDTRANS_SNAP_URL = f"https://app.{_midtrans}"
STANDIN_URL = env.text("STANDIN_URL", default="")
if STANDIN_URL and not DEMO:
    raise ImproperlyConfigured("STANDIN_URL is of the demo: no real payment goes there.")
if unknown := set(PAYMENT_METHODS) - {"transfer", "qris", "midtrans"}:
    raise ImproperlyConfigured(f"PAYMENT_METHODS knows no {', '.join(sorted(unknown))}.")

# Security: reliability of the browser's side. `secure` is off only on plain http.
_secure = not (DEMO or DEBUG)
SECURE_SSL_REDIRECT = _secure
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-sessionid" if _secure else "sessionid"
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _secure else "csrftoken"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CART_COOKIE_NAME = "__Host-cart" if _secure else "cart"
CSRF_FAILURE_VIEW = "lumajang_crafts.errors.csrf_failure"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *env.texts("MEDIA_ORIGINS", default=[])],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Logs, errors, figures
logs.configure()
LOGGING = logs.logging_settings(env.text("LOG_LEVEL", default="INFO"))
_sentry = env.text("SENTRY_DSN", default="")
if _sentry:
    import sentry_sdk  # an extra, installed only where it is used

    sentry_sdk.init(
        dsn=_sentry,
        send_default_pii=False,
        traces_sample_rate=0,
        include_local_variables=False,  # they hold names, addresses and the keys to orders
        max_request_body_size="never",
        before_send=logs.report_without_keys,
    )
if env.flag("METRICS"):
    INSTALLED_APPS.append("django_prometheus")
    MIDDLEWARE.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")

SILENCED_SYSTEM_CHECKS: list[str] = []
PRODUCTS_PER_PAGE = 24
SEARCH_MISS_SECONDS = 30  # between two writings of the searches that found nothing
