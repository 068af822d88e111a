"""`lif notebooks`: copy the notebooks to a folder."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def notebooks(
    folder: Annotated[Path, typer.Argument(help="Folder to copy them to; created if missing.")],
    debug: o.Debug = False,
) -> None:
    """Copy the notebooks to a folder.

    Files that were changed there are kept.
    """
    from lif_nlp.about import install_command
    from lif_nlp.workflow.notebooks import copy_notebooks

    result = copy_notebooks(folder)
    o.say(f"{len(result.written)} files copied to {folder}, {len(result.unchanged)} already there")
    for path in result.kept:
        o.say(f"kept: {path} (it differs from ours; rename it and run again to get ours too)")
    if find_spec("jupyterlab") is None:
        o.say(f"install Jupyter: {install_command('jupyter', 'notebook')}")
    o.say(f'open them: "{sys.executable}" -m jupyter lab "{folder.resolve()}"')
