#!/usr/bin/env bash
# Brings the database up to date, fills it with the demo and serves the site.
# build_demo prints the login names and passwords.
# Usage: scripts/serve.sh [PORT]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8000}
# Links that are shared carry the address that is served.
export SITE_URL="${SITE_URL:-http://127.0.0.1:$port}"

.venv/bin/python manage.py migrate --noinput
.venv/bin/python manage.py build_demo

echo
echo "Serving on http://127.0.0.1:$port/ (Ctrl-C stops)"
exec .venv/bin/python manage.py runserver "127.0.0.1:$port"
