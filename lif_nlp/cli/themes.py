"""`lif themes`: build themes."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.cli import options as o


def themes(
    workspace: o.Workspace = Path("learning"),
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Build or rebuild themes; known ids are kept."""
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.themes import themes as run_themes

    with (
        o.open_session(workspace, framework=framework, profile=profile) as session,
        record_run(session, "themes") as run,
    ):
        built = run_themes(session, run)
        frame = session.store.frame("themes")
    columns = ["theme_id", "name", "kind", "documents", "strengths", "problems", "stability"]
    o.show_frame(frame[columns], as_json=json)
    if not json:
        for note in built.notes:
            o.say(f"note: {note}")
