#!/usr/bin/env bash
# Runs a script of this folder with Python 3.11 or newer: bash scripts/run.sh demo.py [ARGUMENT...]
# On Windows, call the script itself: py scripts\demo.py
set -euo pipefail
cd "$(dirname "$0")/.."

for name in python3.11 python3.12 python3.13 python3 python; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        exec "$name" "scripts/$1" "${@:2}"
    fi
done
echo "setup: Python 3.11 or newer is needed; install it and run again" >&2
exit 1
