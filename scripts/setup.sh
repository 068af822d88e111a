# Sets up .venv beside the project; sourced by demo.sh and test.sh, safe to run again.
# Usage: source scripts/setup.sh [EXTRA,...]   (extras of pyproject.toml)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "setup: $1" >&2; exit 1; }

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"; return
        fi
    done
}

# Installs Debian packages when root and apt are there, else names them.
need_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: installing ${missing[*]}"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
    else
        echo "setup: these system packages are missing and some tests will be skipped: ${missing[*]}" >&2
    fi
}

set_up() {
    local extras="$1" python stamp wanted
    stamp=".venv/.set-up-$extras"
    wanted="$(cat pyproject.toml setup.py scripts/constraints.txt | sha256sum)"
    if [ -x .venv/bin/lif ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    if [ ! -x .venv/bin/python ]; then
        python=$(find_python)
        [ -n "$python" ] || fail "Python 3.11 or newer is needed; install it and run again"
        "$python" -m venv .venv || fail "python3-venv is needed; install it and run again"
    fi
    echo "setup: installing packages into .venv (the first time takes a few minutes)"
    .venv/bin/python -m pip install -q --upgrade pip
    # torch first and alone: later, a package that wants any torch would bring CUDA along
    .venv/bin/python -m pip install -q torch==2.13.0
    .venv/bin/python -m pip install -q -c scripts/constraints.txt -e ".[$extras]"
    echo "$wanted" >"$stamp"
}

set_up "${1:-notebook}"
