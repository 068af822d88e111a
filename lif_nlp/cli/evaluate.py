"""`lif evaluate`: score the annotator on gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def evaluate(
    sentences: Annotated[
        list[Path] | None, typer.Option(help="Gold sentences (JSON Lines).")
    ] = None,
    passages: Annotated[list[Path] | None, typer.Option(help="Gold passages (JSON Lines).")] = None,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Statistics of each rule and cue instead.")
    ] = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Score the labels on gold.

    By default, on the gold that comes with lif_nlp.  Files that the models were trained on are
    named: expect lower scores on other reports.
    """
    from lif_nlp.config import load_settings
    from lif_nlp.workflow.evaluate import evaluate as run_evaluate
    from lif_nlp.workflow.evaluate import trained_on
    from lif_nlp.workflow.evaluate_rules import evaluate_rules

    o.hide_warnings()
    settings = load_settings(framework=framework, profile=profile, rules_only=rules_only or None)
    run = evaluate_rules if rules else run_evaluate
    o.show_frame(run(settings, sentences or [], passages or []), as_json=json)
    known = trained_on(sentences or [], passages or [])
    if known:
        names = ", ".join(path.name for path in known)
        o.warn(f"The models were trained on {names}: expect lower scores on other reports.")
