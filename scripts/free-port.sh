#!/usr/bin/env bash
# Says so, and fails, when PORT on 127.0.0.1 cannot be served from.
# Usage: scripts/free-port.sh PYTHON PORT
set -euo pipefail

python=$1
port=$2

if ! [[ "$port" =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
    echo "PORT is to be a number from 1 to 65535, not \"$port\"." >&2
    exit 1
fi
if ! command -v "$python" >/dev/null; then
    echo "No $python here. Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi

# Bound the way Django's own server binds, so that both come to the same answer.
"$python" - "$port" <<'PYTHON'
import errno
import socket
import sys

port = int(sys.argv[1])
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except OSError as error:
        reason = "already in use" if error.errno == errno.EADDRINUSE else error.strerror
        other = port + 1 if 1024 <= port < 65535 else 8001
        sys.exit(f"Port {port} on 127.0.0.1: {reason}. Try another one: make start PORT={other}")
PYTHON
