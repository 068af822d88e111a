"""`lif search`: search learning points and findings by meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def search(
    words: Annotated[str, typer.Argument(help="What to look for.")],
    workspace: o.Workspace = Path("learning"),
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

    with o.open_session(workspace, profile=profile) as session:
        results = run_search(session, words, limit=limit)
        points = search_points(session, words)
    if json:
        o.show_frame(results, as_json=True)
        return
    for point in points.to_dict("records"):
        o.say(o.point_line(point))
        o.say(f"      “{point['quote']}” {point['title']}, page {point['page']}")
    for row in results.itertuples():
        o.say(f"{row.score:.2f}  {row.title}, page {row.page} ({row.role})\n      {row.text}")
