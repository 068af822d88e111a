"""`lif annotate`: label single texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures


def annotate(
    source: Annotated[Path, typer.Argument(help="Texts as JSON Lines: id, text, heading.")],
    target: Annotated[Path, typer.Argument(help="File for the labels, as JSON Lines.")],
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    debug: o.Debug = False,
) -> None:
    """Label single texts, without a workspace."""
    from lif_nlp.config import load_settings
    from lif_nlp.workflow.annotate import annotate as run_annotate

    o.hide_warnings()
    settings = load_settings(framework=framework, profile=profile, rules_only=rules_only or None)
    count = run_annotate(source, target, settings)
    o.say(f"{in_figures(count, 'text')} labelled in {target}")
