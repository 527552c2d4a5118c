#!/usr/bin/env bash
# Measures the ledger and the pages at five million figures, on a PostgreSQL of its
# own. Takes some ten minutes and 6 GB under /tmp; wants an otherwise idle machine.
# Usage: scripts/bench.sh [--indicators NUMBER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DJANGO_SETTINGS_MODULE=boras_site.settings.test
unset DATABASE_URL
exec scripts/with-postgres.sh .venv/bin/python -m tests.bench "$@"
