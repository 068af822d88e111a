"""`lif points`: learning points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def points(
    pairs: Annotated[
        tuple[Path, Path],
        typer.Option(
            "--pairs",
            metavar="IN OUT",
            help="Compare pairs of texts (JSON Lines: id, a, b): the same point or not.",
        ),
    ],
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    debug: o.Debug = False,
) -> None:
    """Say of pairs of texts whether both state the same learning point."""
    import warnings

    from lif_nlp.config import load_settings
    from lif_nlp.workflow.point_pairs import compare_pairs

    warnings.simplefilter("ignore")
    source, target = pairs
    count = compare_pairs(source, target, load_settings(framework=framework, profile=profile))
    o.say(f"{o.counted(count, 'pair')} compared in {target}")
