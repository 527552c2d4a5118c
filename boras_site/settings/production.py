"""Production: everything from the environment; what is missing stops the start with its name.

Needed: SECRET_KEY, ALLOWED_HOSTS, SITE_URL, DATABASE_URL (PostgreSQL), EMAIL_URL.
Optional: DEFAULT_FROM_EMAIL, MEDIA_ROOT, OWN_MUNICIPALITY, LOG_LEVEL, TRUSTED_PROXY_COUNT,
and what starts with KOLADA_ (docs/drift.md).
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from boras_site.settings.base import *  # noqa: F403
from boras_site.settings.base import BASE_DIR, env

NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_URL")
if missing := [name for name in NEEDED if not env.str(name, default="").strip()]:
    raise ImproperlyConfigured(f"Missing from the environment: {', '.join(missing)}.")

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env("SITE_URL")
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
vars().update(env.email_url("EMAIL_URL"))

if "postgresql" not in DATABASES["default"].get("ENGINE", ""):
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must list the site's own names, and not *.")
site = urlsplit(SITE_URL)
if site.scheme != "https" or not site.hostname:
    raise ImproperlyConfigured("SITE_URL must be the site's address, starting with https://.")

WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [f"https://{site.netloc}"]
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"noreply@{site.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Hashed names, so that a file can be cached for ever and a new one is fetched at once.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# TLS ends at the proxy in front, which must set this header itself and drop a client's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# How many proxies in front add to X-Forwarded-For; without them every reader has the proxy's address.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Two lines for every page saved say nothing that Wagtail's own line does not.
    "loggers": {"django_tasks": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
