"""`lif themes`: build themes and show them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def themes(
    workspace: o.Workspace = Path("learning"),
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    all_: Annotated[
        bool, typer.Option("--all", help="List unstable and rejected themes too.")
    ] = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Build or update themes, and show them.

    Themes that are found again keep their ids.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.theme_lookup import select_shown
    from lif_nlp.workflow.themes import themes as run_themes

    with (
        o.open_session(workspace, framework=framework, profile=profile) as session,
        record_run(session, "themes") as run,
    ):
        theme_set = run_themes(session, run)
        frame = session.store.frame("themes")
    columns = [
        "theme_id", "name", "kind", "documents", "strengths", "problems", "stability", "status",
    ]  # fmt: skip
    o.show_frame((frame if all_ else select_shown(frame))[columns], as_json=json)
    if not json:
        for note in theme_set.notes:
            o.say(f"note: {note}")
