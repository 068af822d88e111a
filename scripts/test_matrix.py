"""Tries lif_nlp with other Pythons, and with the lowest and newest versions of what it needs.

.venv/bin/python -m pip install uv                    # once
.venv/bin/python scripts/test_matrix.py               # 3.11, 3.12 and 3.13, lowest and newest
.venv/bin/python scripts/test_matrix.py --python 3.13 --versions newest

Each pair gets an environment of its own, without torch and what belongs to it, as the small bundle
is; there the demo is mined with the profile "fast", and tests run that need no torch. It takes
minutes a pair, so that it is no part of scripts/test.sh. A Python that is not there is left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from bundle import ONLY_ACCURATE
from set_up import ROOT

PYTHONS = ("3.11", "3.12", "3.13")

RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
"""What uv calls them; of what our own packages need in turn, the newest is always taken."""

TESTS = (
    "tests/circulation", "tests/cli/test_wrong_inputs.py", "tests/framework",
    "tests/ingest/test_formats.py", "tests/interchange", "tests/ledger", "tests/runtime",
    "tests/schema", "tests/store", "tests/synthesis", "tests/text", "tests/workflow/test_review.py",
)  # fmt: skip
"""Tests that need neither torch nor the programs that scripts/test.sh installs."""


def main() -> int:
    """Exit code 0 when everything that could be tried passed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", nargs="+", default=PYTHONS, help="versions, such as 3.13")
    parser.add_argument("--versions", nargs="+", choices=RESOLUTIONS, default=list(RESOLUTIONS))
    options = parser.parse_args()
    failed = False
    for python, versions in product(options.python, options.versions):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lif-matrix-") as place:
            told = try_pair(python, versions, Path(place))
        failed |= told.startswith("failed")
        seconds = time.monotonic() - began
        print(f"Python {python}, {versions} versions: {told} ({seconds:.0f} s)", flush=True)
    return int(failed)


def try_pair(python: str, versions: str, place: Path) -> str:
    """What came of one Python and one choice of versions, in a few words.

    Parameters
    ----------
    python
        Version, such as "3.13".
    versions
        A key of `RESOLUTIONS`.
    place
        Empty folder for the environment and the demo.
    """
    environment = place / "env"
    if run([*uv(), "venv", "-q", "--no-python-downloads", "-p", python, environment]):
        return "not tried, since this Python is not on the machine"
    program = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    left_out = place / "left_out.txt"
    left_out.write_text(overrides(ONLY_ACCURATE), encoding="utf-8")
    install = (
        *uv(), "pip", "install", "-q", "-p", program, "--resolution", RESOLUTIONS[versions],
        "--override", left_out, "--only-binary", ":all:", "--no-binary", "lif_nlp",
        "-e", f"{ROOT}[slides,feeds]", "pytest>=8.3", "hypothesis>=6.115",
    )  # fmt: skip
    if run(install):
        return "failed to install"
    if run([program, "-m", "lif_nlp", "demo"], cwd=place):
        return "failed to mine the demo"
    if run([program, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS], cwd=ROOT):
        return "failed in the tests"
    return "passed"


def overrides(names: Sequence[str] | frozenset[str]) -> str:
    """Lines that keep uv from installing packages, whatever asks for them.

    >>> overrides(["torch"])
    "torch ; sys_platform == 'never'\\n"
    """
    return "".join(f"{name} ; sys_platform == 'never'\n" for name in sorted(names))


def uv() -> list[str]:
    """The command that runs uv; ends with one line where it is not installed."""
    if program := shutil.which("uv"):
        return [program]
    command = [sys.executable, "-m", "uv"]
    if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode:
        sys.exit(f'matrix: uv is not installed; run: "{sys.executable}" -m pip install uv')
    return command


def run(command: Sequence[str | Path], *, cwd: Path = ROOT) -> int:
    """Run a command without our own paths and settings, and return its exit code."""
    own = ("LIF_", "PYTHONPATH", "VIRTUAL_ENV")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    words = list(map(str, command))
    return subprocess.run(
        words, cwd=cwd, env={**clean, "LIF_PROFILE": "fast"}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
