#!/usr/bin/env bash
# Sets up what is needed, then runs format, lint, types and tests.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh notebook,slides,pdf,ocr,feeds,cluster,corpus,dev
need_packages chromium tesseract-ocr poppler-utils libreoffice-writer libreoffice-impress libpango-1.0-0 libpangoft2-1.0-0

# axe-core checks the pages for everyone's use; without npm those tests are skipped
axe=.venv/axe/node_modules/axe-core/axe.min.js
if [ ! -f "$axe" ] && command -v npm >/dev/null; then
    npm install --silent --no-save --prefix .venv/axe axe-core@4 || echo "setup: axe-core could not be installed" >&2
fi
if [ -f "$axe" ]; then export LIF_AXE="$PWD/$axe"; fi

# Some containers forbid bytecode; without it each of some hundred processes compiles lif_nlp.
unset PYTHONDONTWRITEBYTECODE

.venv/bin/ruff format --check .
.venv/bin/ruff check .
if [ -z "${LIF_REAL_CORPUS:-}" ] && [ -d ../shared/data/real ]; then
    export LIF_REAL_CORPUS="$PWD/../shared/data"
fi

# Types are checked while tests run, since tests also wait: for workers, browsers and time limits.
types=$(mktemp)
.venv/bin/mypy >"$types" 2>&1 &
mypy=$!
trap 'kill "$mypy" 2>/dev/null; rm -f "$types"' EXIT

# One worker a core of the smallest machine, so each with one thread; a file stays on one worker,
# which shares its fixtures, and the longest files begin first (tests/conftest.py).
export OMP_NUM_THREADS=1
failed=0
.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@" || failed=$?
wait "$mypy" || failed=$?
cat "$types"
exit "$failed"
