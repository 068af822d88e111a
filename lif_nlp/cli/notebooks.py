"""`lif notebooks`: a copy of the notebooks to work in."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def notebooks(
    folder: Annotated[Path, typer.Argument(help="Folder to copy them to; made when missing.")],
    debug: o.Debug = False,
) -> None:
    """Copy the notebooks for learning leads to a folder; files changed there are kept."""
    from lif_nlp.about import install_command
    from lif_nlp.workflow.notebooks import copy_notebooks

    copied = copy_notebooks(folder)
    o.say(f"{len(copied.written)} files copied to {folder}, {len(copied.unchanged)} there already")
    for path in copied.kept:
        o.say(f"kept: {path} (it differs from ours; rename it and run again to get ours too)")
    if find_spec("jupyterlab") is None:
        o.say(f"install Jupyter: {install_command('jupyter', 'notebook')}")
    o.say(f'open them: "{sys.executable}" -m jupyter lab "{folder.resolve()}"')
