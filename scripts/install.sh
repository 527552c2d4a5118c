#!/usr/bin/env bash
# Installs the project's Python packages into .venv, exactly as uv.lock says.
# uv itself comes from a private environment in .tools, so nothing outside this
# folder changes.
# Usage: scripts/install.sh [PYTHON]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv_version=0.13.9
python=${1:-python3}

if ! command -v "$python" >/dev/null; then
    echo "No $python here. Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Python 3.11 or newer is needed." >&2
    echo "If a newer one is installed, name it: make start PYTHON=python3.12" >&2
    exit 1
fi

if [[ "$(.tools/bin/uv --version 2>/dev/null || true)" != "uv $uv_version"* ]]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "This Python cannot make virtual environments. Install what it lacks and try again:" >&2
        echo "    sudo apt-get install python3-venv" >&2
        exit 1
    fi
    echo "Installing uv $uv_version in .tools"
    "$python" -m venv --clear .tools
    .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
fi

echo "Installing the packages of uv.lock in .venv"
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv .tools/bin/uv sync --frozen
