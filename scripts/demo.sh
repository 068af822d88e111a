#!/usr/bin/env bash
# Mines the fictional sample reports and says where to look; on Windows: py scripts\demo.py
exec bash "$(dirname "$0")/run.sh" demo.py "$@"
