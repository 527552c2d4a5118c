"""Settings that hold everywhere. What differs between machines comes from the environment."""

from pathlib import Path

import environ
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

INSTALLED_APPS = [
    "boras_site.accounts",
    "boras_site.feedback",
    "boras_site",
    "boras_site.search",
    "comparisons",
    "boras_site.links",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "comparisons.desk.apps.AdminConfig",  # wagtail.admin
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for its Swedish: Wagtail writes times with it
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "boras_site.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "boras_site.urls"
WSGI_APPLICATION = "boras_site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # As Django's own choice, but that the apps' templates speak Swedish.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "boras_site.swedish.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite for a first try and for development; DATABASE_URL=postgres://… for PostgreSQL.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
if DATABASES["default"].get("ENGINE", "").endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Publishing locks from its first statement, so that two publishers queue and never deadlock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
# Not just the app's: only what stands here also reaches the admin's JavaScript.
LOCALE_PATHS = [BASE_DIR / "boras_site" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# The pictures of the editors' guide are shown in the admin, too.
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "images" / "redaktor")]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "var" / "media"

# A theme's page edit form sends a field for every row and column of its tables.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail's small tasks are done at once, as part of the request. Bringing figures in takes long: that is
# put down in the database, and done by ``manage.py db_worker --backend intake`` beside the server.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "intake": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Öppna jämförelser"
WAGTAILADMIN_BASE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one, so that nobody is asked to choose
WAGTAILADMIN_LOGIN_URL = reverse_lazy("wagtailadmin_login")
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # å ä ö become a a o in addresses
WAGTAILADMIN_USER_LOGIN_FORM = "boras_site.accounts.forms.LoginForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "swedish"}
}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "comparisons.desk.richtext.TidyRichTextArea"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "xlsx"]

# --- Öppna jämförelser ---------------------------------------------------------------------------
# The municipality whose comparisons these are: SCB's code, the one its Area has.
OWN_MUNICIPALITY = env("OWN_MUNICIPALITY", default="1490")
# How many proxies in front add the sender's address to X-Forwarded-For; 0 takes the connection's own.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Kolada's API. Hosts are all that is ever asked, also when an answer points elsewhere.
KOLADA_URL = env("KOLADA_URL", default="https://api.kolada.se/v3/")
KOLADA_HOSTS = env.list("KOLADA_HOSTS", default=["api.kolada.se"])
KOLADA_PROXY = env("KOLADA_PROXY", default="")
KOLADA_TIMEOUT = env.float("KOLADA_TIMEOUT", default=30.0)  # seconds without a word
KOLADA_PACE = env.float("KOLADA_PACE", default=5.0)  # questions a second
KOLADA_RETRIES = env.int("KOLADA_RETRIES", default=4)
KOLADA_BACKOFF = env.float("KOLADA_BACKOFF", default=1.0)  # seconds before the second retry, then doubled
KOLADA_MOST_WAIT = env.float("KOLADA_MOST_WAIT", default=60.0)  # longer than this we do not wait
KOLADA_MOST_BYTES = env.int("KOLADA_MOST_BYTES", default=32 * 1024 * 1024)  # of one answer, unpacked
EMAIL_TIMEOUT = 10  # a mail server that hangs must not keep a reader waiting
