"""What to type to run `lif` in this installation, for messages that name a command."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

_NAMED = re.compile(r"(?:(?<=: )|(?<=[`'\"(]))lif (?=[a-z-])")
"""A command named in a message: after a colon, or in quotes or brackets."""


def program() -> str:
    """`lif`, where that is found; else the path or the call of Python that started this run.

    Where only Python is allowed to start, `lif` is run as `python -m lif_nlp`; in a folder
    whose environment is not activated, it is `.venv/bin/lif` or `.venv\\Scripts\\lif.exe`.
    """
    called_as = Path(sys.argv[0])
    if called_as.parts[-2:] == ("lif_nlp", "__main__.py"):
        return f"{_short(sys.orig_argv[0])} -m lif_nlp"
    on_path = shutil.which("lif")
    if called_as.stem != "lif" or (on_path and Path(on_path).resolve() == called_as.resolve()):
        return "lif"
    return _short(str(called_as))


def as_typed_here(message: str) -> str:
    """A message with its commands as they must be typed in this installation.

    >>> as_typed_here("there are no themes yet; run: lif themes")
    'there are no themes yet; run: lif themes'
    """
    # A function, as a backslash in a path of Windows would count as a group of the pattern.
    return _NAMED.sub(lambda _: f"{program()} ", message)


def _short(path: str) -> str:
    """A path from the current folder if it lies below, in quotes where it holds blanks."""
    if os.path.isabs(path) and Path(path).is_relative_to(Path.cwd()):  # noqa: PTH117
        path = os.path.join(".", Path(path).relative_to(Path.cwd()))  # noqa: PTH118
    return f'"{path}"' if " " in path else path
