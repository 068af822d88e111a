#!/usr/bin/env bash
# Sets up what is needed, then runs format, lint, types and tests; on Windows: py scripts\test.py
exec bash "$(dirname "$0")/run.sh" test.py "$@"
