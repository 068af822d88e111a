#!/usr/bin/env bash
# Mines the fictional sample reports and says where to look.
# Usage: bash scripts/demo.sh [WORKSPACE]
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh notebook

.venv/bin/lif demo -w "${1:-demo}"
echo
echo "To type 'lif' as it stands there, run first: source .venv/bin/activate"
echo "To open the notebooks: .venv/bin/jupyter lab notebooks/01_start_here.ipynb"
