#!/usr/bin/env bash
# Runs the main job on the fictional sample reports and says where to look.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh notebook

workspace="${1:-demo}"
echo "demo: mining corpora/sample into the workspace '$workspace'"
status=0
.venv/bin/lif mine corpora/sample -w "$workspace" || status=$?
# 3 means that some inputs were quarantined, as they are listed: the sample holds none
[ "$status" = 0 ] || exit "$status"
echo
# rows of audit sheets that were not used are listed by `lif status`, with the reason
.venv/bin/lif status -w "$workspace" | grep -v '^not used:'
echo
echo "demo: open these briefs in a browser or Word:"
ls "$PWD/$workspace"/briefs/*
echo "demo: or start .venv/bin/jupyter lab notebooks/01_start_here.ipynb"
