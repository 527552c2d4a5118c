#!/usr/bin/env bash
# All that must hold before a change is taken in, one step after the other; the
# first that fails ends it. What this machine has no programs for is left out
# with a notice at the end, which with CI=true is a failure.
# Usage: scripts/test.sh [lint]    (lint: only the steps that read the source)
# shellcheck disable=SC2317  # the functions run from traps, which shellcheck does not see
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=.venv/bin/python
export DJANGO_SETTINGS_MODULE=boras_site.settings.test
# Which database a test runs on is decided here.
unset DATABASE_URL

current="preparing"
complete=no
child=
left_out=()

# In the background, so that a signal is acted on while the step runs; with our
# own stdin and the usual answer to Ctrl-C, which the shell would take from it.
step() {
    current=$1
    shift
    printf '\n==> %s\n' "$current"
    env --default-signal=INT,QUIT "$@" <&0 &
    child=$!
    wait "$child"
    child=
}

# $1: the exit status, $2: the signal to pass on. Ctrl-C needs no passing on.
interrupted() {
    trap '' HUP INT TERM
    if [[ -n "$child" ]]; then
        [[ -z "${2:-}" ]] || kill -s "$2" "$child" 2>/dev/null || true
        wait "$child" || true
    fi
    exit "$1"
}
trap 'interrupted 129 HUP' HUP
trap 'interrupted 130' INT
trap 'interrupted 143 TERM' TERM

finish() {
    local status=$? line
    if ((${#left_out[@]} > 0)); then
        printf '\n+%s+\n' "$(printf '=%.0s' {1..76})"
        printf '| %-74s |\n' "LEFT OUT: this machine lacks what is needed" ""
        for line in "${left_out[@]}"; do
            printf '| %-74s |\n' "$line"
        done
        printf '+%s+\n' "$(printf '=%.0s' {1..76})"
    fi
    printf '\n'
    if [[ "$complete" == no ]]; then
        echo "FAILED at \"$current\" after $SECONDS s"
        ((status != 0)) || status=1
    elif ((${#left_out[@]} > 0)) && [[ "${CI:-}" == true ]]; then
        echo "FAILED after $SECONDS s: with CI=true nothing may be left out"
        status=1
    else
        echo "All steps passed in $SECONDS s"
    fi
    exit "$status"
}
trap finish EXIT

step "ruff check" "$python" -m ruff check
step "ruff format --check" "$python" -m ruff format --check
step "mypy" "$python" -m mypy
step "djhtml --check" "$python" -m djhtml --check templates boras_site comparisons
if [[ "${1:-}" == lint ]]; then
    complete=yes
    exit
fi
step "makemigrations --check" "$python" manage.py makemigrations --check --dry-run
step "check --deploy, production settings" scripts/deploy-check.sh

# One process more than there are cores, for a browser is often waited for. Each takes its tests in their
# order: those that commit come last (conftest.py).
cores=$(nproc)
tests=("$python" -m pytest --numprocesses $((cores < 4 ? cores + 1 : 5)) --dist load)
# What is left out of them, in pytest's words: "not browser and not engines".
without=()
CHROMIUM=$(command -v "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome | head -n 1 || true)
if [[ -n "$CHROMIUM" ]]; then
    export CHROMIUM
    browser="browser tests in $CHROMIUM"
else
    unset CHROMIUM
    browser="without browser tests"
    without+=("not browser")
    left_out+=("The browser tests and Lighthouse, for want of Chromium:" "    sudo apt-get install chromium")
fi
engines=no
if scripts/browser-tools.sh --available; then
    step "axe, IBM's engine, the HTML validator and Lighthouse" scripts/browser-tools.sh
    engines=yes
else
    without+=("not engines")
    left_out+=("axe, IBM's engine, the HTML validator and Lighthouse, for want of Node and Java:"
        "    sudo apt-get install nodejs npm default-jre-headless")
fi

# $@: more to leave out. Sets $chosen to the tests that are left.
choose() {
    local joined
    joined=$(printf ' and %s' "${without[@]}" "$@")
    chosen=("${tests[@]}")
    [[ "$joined" == " and " ]] || chosen+=(-m "${joined# and }")
}

choose
step "pytest on SQLite, $browser" "${chosen[@]}"
if scripts/with-postgres.sh --available; then
    # What is the same whatever database the figures come from has been asked; so has the browser.
    choose "not once" "not browser"
    step "pytest on PostgreSQL" scripts/with-postgres.sh "${chosen[@]}"
    if [[ -n "${CHROMIUM:-}" && "$engines" == yes ]]; then
        step "Lighthouse, as production serves it" scripts/with-postgres.sh scripts/lighthouse.sh
    fi
else
    left_out+=("The tests on PostgreSQL and Lighthouse, for want of its server:"
        "    sudo apt-get install postgresql")
fi
complete=yes
