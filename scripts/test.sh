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

.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy
if [ -z "${LIF_REAL_CORPUS:-}" ] && [ -d ../shared/data/real ]; then
    export LIF_REAL_CORPUS="$PWD/../shared/data"
fi
# one worker a core of the smallest machine; a file stays on one worker, which shares its fixtures,
# and the longest files begin first (tests/conftest.py)
.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
