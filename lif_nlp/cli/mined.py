"""The end of `lif mine` and `lif demo`: what comes back, and the file to open first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lif_nlp.cli import options as o
from lif_nlp.cli.program import program

TOP_POINTS = 5
"""Learning points listed at the end of a run: what is read on one screen.  By judgement."""


def show_mined(
    points: pd.DataFrame, echoes: pd.DataFrame, briefs: Sequence[Path], workspace: Path
) -> None:
    """Print the points that most reports state, with their counts, and where the briefs are.

    Parameters
    ----------
    points
        Rows of the table "points", those in most reports first.
    echoes
        Rows of those that two reports state: they fill up the list, under their own heading.
    briefs
        Paths of the briefs.
    workspace
        Folder of the workspace, for the commands to go on with.
    """
    if len(points):
        o.say("\nWhat comes back, in most reports:")
    else:
        o.say(
            "\nNo learning point is stated by three reports yet; those in fewer are listed by: "
            f'{program()} points --all -w "{workspace}"'
        )
    for row in points.head(TOP_POINTS).to_dict("records"):
        o.say(f"  {o.point_line(row)}")
    o.say_echoes(echoes.head(max(0, TOP_POINTS - len(points))).to_dict("records"))
    # A partnership's own framework may have no priority or theme that the reports mention.
    if not briefs:
        return
    paths = [path.resolve() for path in briefs]
    # A web page opens on any machine; Word need not be there.
    first = next((path for path in paths if path.suffix == ".html"), paths[0])
    o.say(f"\nOpen this first, in a browser: {first}")
    o.say(f"All {len(paths)} briefs: {first.parent}")
