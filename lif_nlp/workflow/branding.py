"""The partnership's house style, with its files looked for in the workspace."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.config import Branding


def locate_branding_files(branding: Branding, workspace: Path) -> Branding:
    """The house with its logo and template looked for in the workspace, unless they are absolute.

    A file that is not in the workspace is left as named, so that the fault names it so.
    """
    own = {name: getattr(branding, name) for name in ("logo", "template")}
    found = {
        name: workspace / path
        for name, path in own.items()
        if path and not path.is_absolute() and (workspace / path).is_file()
    }
    return branding.model_copy(update=found)
