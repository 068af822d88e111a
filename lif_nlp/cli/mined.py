"""The end of `lif mine` and `lif demo`: what comes back, and the file to open first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.cli import options as o
from lif_nlp.cli.program import program
from lif_nlp.text import english
from lif_nlp.text.english import in_figures

if TYPE_CHECKING:
    import pandas as pd

    from lif_nlp.runtime.session import Session

TOP_POINTS = 5
"""Learning points listed at the end of a run: what is read on one screen.  By judgement."""


_FILE_KINDS = {".html": "a web page", ".docx": "a Word file"}
"""What people call the files that `lif mine` writes."""


@dataclass(frozen=True, slots=True)
class ComesBack:
    """What comes back in the reports of a workspace.

    `points` are rows of the table "points", those in most reports first, `echoes` those that two
    reports state, `themes` rows of the table "themes" that reports share, `reports` their number.
    """

    points: pd.DataFrame
    echoes: pd.DataFrame
    themes: pd.DataFrame
    reports: int

    @classmethod
    def of(cls, session: Session) -> ComesBack:
        """What is in a workspace now."""
        from lif_nlp.workflow.point_tables import select_echoes, select_points
        from lif_nlp.workflow.theme_lookup import select_shared

        themes = select_shared(session.store.frame("themes"))
        reports = session.store.counts()["documents_kept"]
        return cls(select_points(session), select_echoes(session), themes, reports)


def show_mined(found: ComesBack, briefs: Sequence[Path], workspace: Path) -> None:
    """Print the points that most reports state, with their counts, and where the briefs are.

    Parameters
    ----------
    found
        What comes back.  What two reports state, and without any point the themes that most
        reports share, fill up the list, each under their own heading.
    briefs
        Paths of the briefs, that to open first before the others.
    workspace
        Folder of the workspace, for the commands to go on with.
    """
    points = found.points
    if len(points):
        o.say("\nWhat comes back, in most reports:")
    else:
        o.say(
            "\nNo learning point is stated by three reports yet; those in fewer are listed by: "
            f'{program()} points --all -w "{workspace}"'
        )
    for row in points.head(TOP_POINTS).to_dict("records"):
        o.say(f"  {o.point_line(row)}")
    o.say_echoes(found.echoes.head(max(0, TOP_POINTS - len(points))).to_dict("records"))
    if points.empty:
        _say_themes(found)
    # A partnership's own framework may have no priority or theme that the reports mention.
    if not briefs:
        return
    paths = [path.resolve() for path in briefs]
    # A web page opens on any machine; Word need not be there.
    first = next((path for path in paths if path.suffix == ".html"), paths[0])
    o.say(f"\nOpen this first, in a browser: {first}")
    kinds = [_FILE_KINDS.get(end, end) for end in dict.fromkeys(path.suffix for path in paths)]
    count = in_figures(len({path.stem for path in paths}), "brief")
    each = "each as" if len(paths) > len(kinds) else "as"
    o.say(f"{count}, {each} {english.listed(kinds)}: {first.parent}")


def _say_themes(found: ComesBack) -> None:
    """Print the themes that most reports share, where there is no learning point to print."""
    rows = found.themes.head(TOP_POINTS).to_dict("records")
    if rows:
        o.say("\nThemes that most reports share:")
    for row in rows:
        o.say(f"  {row['documents']} of {in_figures(found.reports, 'report')}  {row['name']}")
