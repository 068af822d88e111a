"""`lif annotate`: label loose texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def annotate(
    source: Annotated[Path, typer.Argument(help="Lines of JSON: id, text, heading.")],
    target: Annotated[Path, typer.Argument(help="Lines of JSON with the labels.")],
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    debug: o.Debug = False,
) -> None:
    """Label loose texts, without a workspace."""
    import warnings

    from lif_nlp.config import load_settings
    from lif_nlp.workflow.annotate import annotate as run_annotate

    warnings.simplefilter("ignore")
    count = run_annotate(
        source,
        target,
        load_settings(framework=framework, profile=profile, rules_only=rules_only or None),
    )
    o.say(f"{count} texts labelled in {target}")
