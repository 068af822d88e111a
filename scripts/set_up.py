"""Makes .venv beside the project, with lif_nlp and the packages it needs; safe to run again.

py scripts/set_up.py              on Windows
python3 scripts/set_up.py         on Linux and macOS
... set_up.py notebook,slides     with these extras of pyproject.toml

It needs Python 3.11 or newer and nothing else.  `scripts/demo.py` and `scripts/test.py` use it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")

OLDEST = (3, 11)
"""Oldest Python that lif_nlp runs on."""

TORCH = "torch==2.13.0"
"""Installed first and alone: later, a package that wants any torch would bring CUDA along."""

STAMPED = ("pyproject.toml", "setup.py", "scripts/constraints.txt")
"""Files after whose change the packages are installed again."""


def set_up(extras: str = "notebook") -> Path:
    """Make or bring up to date the environment, and return its Python.

    Parameters
    ----------
    extras
        Extras of pyproject.toml, joined by commas.
    """
    if sys.version_info < OLDEST:
        fail("Python 3.11 or newer is needed; install it and run this with it")
    stamp, wanted = VENV / f".set-up-{extras}", _wanted()
    if PYTHON.is_file() and stamp.is_file() and stamp.read_text("utf-8").startswith(wanted):
        return PYTHON
    if not PYTHON.is_file():
        _make_environment()
    print("setup: installing packages into .venv (the first time takes a few minutes)", flush=True)
    constraints = ROOT / "scripts" / "constraints.txt"
    _pip("--upgrade", "pip")
    _pip(TORCH)
    _pip("-c", str(constraints), "-e", f"{ROOT}[{extras}]")
    stamp.write_text(wanted, encoding="utf-8")
    return PYTHON


def run(program: Sequence[str | Path], **environment: str) -> int:
    """Run a program in the project's folder and return its exit code."""
    whole = {**os.environ, **environment}
    return subprocess.run([*map(str, program)], cwd=ROOT, env=whole, check=False).returncode


def fail(message: str) -> None:
    """End with one line on stderr."""
    sys.exit(f"setup: {message}")


def _wanted() -> str:
    """Digest of the files that say what is installed."""
    content = b"".join((ROOT / name).read_bytes() for name in STAMPED)
    return hashlib.sha256(content).hexdigest()


def _make_environment() -> None:
    try:
        import venv

        venv.create(VENV, with_pip=True)
    except (ImportError, OSError, subprocess.CalledProcessError) as error:
        fail(f".venv cannot be made ({error}); on Debian, install python3-venv and run again")


def _pip(*arguments: str) -> None:
    if run([PYTHON, "-m", "pip", "install", "-q", *arguments]):
        fail("pip could not install what is needed (see above); check the network and run again")


if __name__ == "__main__":
    set_up(*sys.argv[1:2])
