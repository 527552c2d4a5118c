"""Development: SQLite in var/, debug pages, mail on the console."""

from boras_site.settings.base import *  # noqa: F403
from boras_site.settings.base import BASE_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "only-for-development-never-for-a-site-anyone-can-reach"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

(BASE_DIR / "var").mkdir(exist_ok=True)
