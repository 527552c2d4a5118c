"""Production takes everything from the environment and starts with nothing missing; dev just starts."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "a-secret-of-the-city",
    "ALLOWED_HOSTS": "oppnajamforelser.example.se",
    "SITE_URL": "https://oppnajamforelser.example.se",
    "DATABASE_URL": "postgres://user:pass@localhost/db",
    "EMAIL_URL": "consolemail://",
}
START = ("-c", "import django; django.setup()")


def python(module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python with only these variables in its environment, and the path to find itself by."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": f"boras_site.settings.{module}",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("blank", [False, True], ids=["missing", "blank"])
def test_production_names_what_is_missing_and_does_not_start(name, blank):
    environment = {key: value for key, value in NEEDED.items() if key != name}
    ended = python("production", *START, **environment, **({name: " "} if blank else {}))
    assert ended.returncode != 0
    assert f"Missing from the environment: {name}." in ended.stderr.splitlines()[-1]


def test_production_names_everything_that_is_missing_at_once():
    assert ", ".join(NEEDED) in python("production", *START).stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///var/db.sqlite3"),
        ("DATABASE_URL", "nonsense"),
        ("SITE_URL", "http://oppnajamforelser.example.se"),
        ("SITE_URL", "https://"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "oppnajamforelser.example.se,*"),
    ],
)
def test_production_refuses_what_is_not_for_a_public_site(name, value):
    ended = python("production", *START, **NEEDED | {name: value})
    assert ended.returncode != 0
    assert f"ImproperlyConfigured: {name} must " in ended.stderr


def test_production_starts_when_all_is_there():
    shown = "import django; django.setup(); from django.conf import settings as s; "
    shown += "print(s.DEBUG, s.CSRF_TRUSTED_ORIGINS, s.DEFAULT_FROM_EMAIL)"
    ended = python("production", "-c", shown, **NEEDED | {"SITE_URL": f"{NEEDED['SITE_URL']}/"})
    origin = "https://oppnajamforelser.example.se"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"False ['{origin}'] noreply@oppnajamforelser.example.se\n"


@pytest.mark.parametrize("module", ["dev", "test"])
def test_the_other_settings_need_nothing_and_pass_the_checks(module):
    ended = python(module, "manage.py", "check", "--fail-level", "WARNING")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no issues" in ended.stdout
