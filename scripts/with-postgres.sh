#!/usr/bin/env bash
# Runs COMMAND with DATABASE_URL naming a PostgreSQL cluster of its own, made for
# the occasion and removed afterwards, however COMMAND ends. The exit status is
# COMMAND's.
# Usage: scripts/with-postgres.sh COMMAND [ARGUMENT...]
#        scripts/with-postgres.sh --available    (succeeds if PostgreSQL is installed)
# shellcheck disable=SC2317  # the functions run from traps, which shellcheck does not see
set -euo pipefail

if (($# == 0)); then
    sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" >&2
    exit 2
fi

# The newest PostgreSQL server. Debian keeps its programs outside PATH.
initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 || true)
initdb=${initdb:-$(command -v initdb || true)}

# PostgreSQL refuses to run as root: then it runs as the user Debian made for it.
as_owner=(env LC_ALL=C.UTF-8)
problem=
if [[ -z "$initdb" ]]; then
    problem="PostgreSQL is not installed: sudo apt-get install postgresql"
elif ((EUID == 0)); then
    as_owner+=(runuser -u postgres --)
    id postgres >/dev/null 2>&1 || problem="PostgreSQL does not run as root, and there is no user postgres."
fi

if [[ "$1" == --available ]]; then
    [[ -z "$problem" ]]
    exit
fi
if [[ -n "$problem" ]]; then
    echo "$problem" >&2
    exit 1
fi

bin=$(dirname "$(readlink -f "$initdb")")
# Settings of the caller's own that would lead the programs elsewhere.
unset "${!PG@}"

directory=
child=

clean_up() {
    local status=$?
    trap '' HUP INT TERM
    if [[ -n "$directory" ]]; then
        if [[ -e "$directory/data/postmaster.pid" ]]; then
            "${as_owner[@]}" "$bin/pg_ctl" stop --silent --pgdata=data --mode=immediate || true
        fi
        cd /
        rm -rf "$directory"
    fi
    exit "$status"
}

# $1: the exit status, $2: whether COMMAND has had the signal already.
interrupted() {
    trap '' HUP INT TERM
    if [[ -n "$child" ]]; then
        # Ctrl-C reaches COMMAND from the terminal: give it time to finish by itself.
        if [[ "$2" == had_it ]]; then
            for _ in {1..50}; do
                kill -0 "$child" 2>/dev/null || break
                sleep 0.1
            done
        fi
        kill -TERM "$child" 2>/dev/null || true
        wait "$child" || true
    fi
    exit "$1"
}

trap clean_up EXIT
trap 'interrupted 129 no' HUP
trap 'interrupted 130 had_it' INT
trap 'interrupted 143 no' TERM

# In /tmp always: the path of a socket may be no longer than 107 characters.
from=$PWD
directory=$(mktemp -d /tmp/boras-postgres.XXXXXXXX)
if ((EUID == 0)); then
    chown postgres: "$directory"
fi
cd "$directory"

"${as_owner[@]}" "$bin/initdb" --pgdata=data --username=postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 || {
    cat initdb.log >&2
    exit 1
}

# Only for tests: nothing of this is to survive a power cut.
cat >>data/postgresql.conf <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$directory'
fsync = off
full_page_writes = off
synchronous_commit = off
CONF

# A port is free if PostgreSQL can listen on it. Below the ports that outgoing
# connections are given.
port=
for _ in {1..10}; do
    candidate=$((20000 + RANDOM % 12000))
    if "${as_owner[@]}" "$bin/pg_ctl" start --silent --wait --pgdata=data --log=server.log \
        --options="-p $candidate" >pg_ctl.log 2>&1; then
        port=$candidate
        break
    fi
done
if [[ -z "$port" ]]; then
    cat pg_ctl.log server.log >&2
    exit 1
fi

"${as_owner[@]}" "$bin/psql" --quiet --no-psqlrc --host="$directory" --port="$port" \
    --username=postgres --dbname=postgres --set=ON_ERROR_STOP=1 \
    --command='CREATE ROLE boras LOGIN CREATEDB' --command='CREATE DATABASE boras OWNER boras'

export DATABASE_URL="postgres://boras@127.0.0.1:$port/boras"

# In the background, so that a signal is acted on while COMMAND runs; with our
# own stdin and the usual answer to Ctrl-C, which the shell would take from it.
cd "$from"
env --default-signal=INT,QUIT "$@" <&0 &
child=$!
cd "$directory"
status=0
wait "$child" || status=$?
exit "$status"
