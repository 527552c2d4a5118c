#!/usr/bin/env bash
# Installs what the browser tests judge pages with (axe, IBM's engine, the HTML
# validator, Lighthouse) exactly as tests/browser/tools/package-lock.json says, in
# that folder. Does nothing when it is there already.
# Usage: scripts/browser-tools.sh [--available]    (succeeds if this machine has node, npm and java)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../tests/browser/tools"

if [[ "${1:-}" == --available ]]; then
    # Lighthouse and vnu.jar ask for these; Debian 12 has node 18 and Java 17.
    command -v npm >/dev/null &&
        node --eval 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null &&
        java -version 2>/dev/null
    exit
fi

installed=node_modules/.installed
if ! cat package.json package-lock.json .npmrc | cmp --silent - "$installed"; then
    echo "Installing the engines of package-lock.json in tests/browser/tools"
    # No script of a package runs, and none fetches a browser (.npmrc says so too).
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cat package.json package-lock.json .npmrc >"$installed"
fi
