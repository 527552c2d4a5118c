#!/usr/bin/env bash
# Runs Django's deployment checks on the production settings. The values below
# are thrown away: nothing is connected to, nothing is sent.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')
export SECRET_KEY
export DJANGO_SETTINGS_MODULE=boras_site.settings.production
export ALLOWED_HOSTS=oppnajamforelser.example.se
export SITE_URL=https://oppnajamforelser.example.se
export DATABASE_URL=postgres://user:pass@localhost/db
export EMAIL_URL=consolemail://

.venv/bin/python manage.py check --deploy --fail-level WARNING
