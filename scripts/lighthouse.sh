#!/usr/bin/env bash
# Serves the demo as production does, on the database that DATABASE_URL names, and
# asks Lighthouse about the founding page. Nothing is left behind but the
# database's content, so: scripts/with-postgres.sh scripts/lighthouse.sh
# shellcheck disable=SC2317  # the function runs from a trap, which shellcheck does not see
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=$PWD/.venv/bin/python
: "${DATABASE_URL:?is to name an empty PostgreSQL database}"
directory=$(mktemp -d /tmp/boras-lighthouse.XXXXXXXX)
server=

clean_up() {
    local status=$?
    trap '' HUP INT TERM
    if [[ -n "$server" ]]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    if ((status != 0)) && [[ -s "$directory/server.log" ]]; then
        tail -n 20 "$directory/server.log" >&2
    fi
    rm -rf "$directory"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

SECRET_KEY=$("$python" -c 'import secrets; print(secrets.token_urlsafe(64))')
export SECRET_KEY
export DJANGO_SETTINGS_MODULE=tests.browser.served_settings
export ALLOWED_HOSTS=127.0.0.1
# Only to be written in links: nothing answers there.
export SITE_URL=https://127.0.0.1
export EMAIL_URL=consolemail://
export LOG_LEVEL=WARNING
export STATIC_ROOT=$directory/static
mkdir "$STATIC_ROOT"

"$python" manage.py migrate --verbosity 0
"$python" manage.py build_demo >/dev/null
"$python" manage.py collectstatic --noinput --verbosity 0

# The port is the server's own choice, told in its log.
"$python" -m gunicorn tests.browser.behind_proxy --bind 127.0.0.1:0 --workers 2 --worker-tmp-dir "$directory" \
    --no-control-socket --log-level info >"$directory/server.log" 2>&1 &
server=$!
address=
for _ in {1..100}; do
    address=$(sed -n 's/.*Listening at: \(http:[^ ]*\).*/\1/p' "$directory/server.log")
    [[ -z "$address" ]] || break
    kill -0 "$server"
    sleep 0.1
done

"$python" -m tests.browser.lighthouse "$address/oppna-jamforelser/trygghet-och-sakerhet/"
