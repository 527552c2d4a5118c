#!/usr/bin/env bash
# Brings the database up to date, fills it with the demo and serves the site,
# with a worker beside it that reads files in. Both end when one is told to.
# build_demo prints the login names and passwords.
# Usage: scripts/serve.sh [PORT]
# shellcheck disable=SC2317  # the function runs from a trap, which shellcheck does not see
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8000}
# Links that are shared carry the address that is served.
export SITE_URL="${SITE_URL:-http://127.0.0.1:$port}"

.venv/bin/python manage.py migrate --noinput
.venv/bin/python manage.py build_demo

server=
worker=

stop() {
    trap '' HUP INT TERM
    for _ in {1..50}; do
        # A second signal cuts off what is being read in: nothing of it is saved, and it can be run again.
        kill -TERM $server $worker 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL $server $worker 2>/dev/null || true
    wait
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 0' INT
trap 'exit 143' TERM

# With our own stdin and the usual answer to Ctrl-C, which the shell takes from what runs in the background.
start() {
    env --default-signal=INT,QUIT .venv/bin/python manage.py "$@" <&0 &
}

echo
echo "Serving on http://127.0.0.1:$port/ (Ctrl-C stops)"
start runserver "127.0.0.1:$port"
server=$!
while kill -0 "$server" 2>/dev/null; do
    # It does not reload: a file that is saved in an editor would end the work in the middle.
    start db_worker --backend intake --no-reload --no-startup-delay
    worker=$!
    status=0
    wait -n "$server" "$worker" || status=$?
    sleep 1
done
exit "$status"
