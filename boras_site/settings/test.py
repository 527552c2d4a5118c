"""The test suite: a database in memory unless DATABASE_URL names one, cheap passwords, mail kept."""

from boras_site.settings.base import *  # noqa: F403
from boras_site.settings.base import BASE_DIR, DATABASES, TASKS

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = BASE_DIR / "var" / "test-media"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# The suite asks for what was never collected; a browser test asks Django's own static server.
WHITENOISE_AUTOREFRESH = True
# A test has no worker beside it.
TASKS = TASKS | {"intake": TASKS["default"]}
