"""`lif search`: search learning points and findings by meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    workspace: o.Workspace = Path("learning"),
    role: Annotated[
        str,
        typer.Option(
            help="Only strengths, problems, actions or context.",
            metavar="strength|problem|action|context",
        ),
    ] = "",
    theme: Annotated[str, typer.Option(help="Only this theme (ID or name).")] = "",
    priority: Annotated[str, typer.Option(help="Only this priority (ID or name).")] = "",
    report: Annotated[
        str, typer.Option(help="Only this report (ID, title, file name or words of the title).")
    ] = "",
    year: Annotated[
        str, typer.Option(help="Only reports of this year, or of several: 2019-2024.")
    ] = "",
    limit: Annotated[int, typer.Option(help="Number of findings to show.", min=1, max=500)] = 10,
    profile: o.Profile = None,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Search learning points and findings by meaning.

    Learning points come first, with their counts and a quotation; findings follow, each with its
    report and page.  As JSON, only findings are printed.
    """
    from lif_nlp.workflow.search import search as run_search
    from lif_nlp.workflow.search import search_points
    from lif_nlp.workflow.select_findings import FindingFilter

    # Several words without quotation marks are one search.
    query = " ".join(words)
    conditions = FindingFilter(role=role, theme=theme, priority=priority, report=report, years=year)
    with o.open_session(workspace, profile=profile) as session:
        results = run_search(session, query, limit=limit, conditions=conditions)
        points = search_points(session, query, conditions=conditions)
    if json:
        o.show_frame(results, as_json=True)
        return
    for point in points.to_dict("records"):
        o.say(o.point_line(point))
        o.say(f"      “{point['quote']}” {point['title']}, page {point['page']}")
    if points.empty and results.empty:
        o.warn("nothing was found; leave out a condition, or add some reports first")
    for row in results.itertuples():
        o.say(f"{row.score:.2f}  {row.title}, page {row.page} ({row.role})\n      {row.text}")
