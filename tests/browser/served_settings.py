"""Production's settings, with the collected static files in a folder that the caller removes afterwards."""

from boras_site.settings.production import *  # noqa: F403
from boras_site.settings.production import env

STATIC_ROOT = env("STATIC_ROOT")
