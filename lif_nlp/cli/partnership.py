"""Asks once for the partnership's name, which is printed on top of every brief."""

from __future__ import annotations

import sys
from pathlib import Path

import typer


def ask_partnership(workspace: Path) -> str | None:
    """The name that the user types; None if it is known, or nobody is there to ask.

    An empty answer is an answer: briefs then say "Your partnership", and it is not asked again.
    """
    from lif_nlp.config import load_settings

    settings = load_settings(workspace)
    is_known = "partnership" in settings.branding.model_fields_set
    if is_known or settings.framework or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    answer: str = typer.prompt(
        "Name of your partnership, for the top of briefs (Enter for none)",
        default="",
        show_default=False,
        err=True,
    )
    return answer.strip()
