"""`lif status`: what is in the workspace."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.cli import options as o


def status(
    workspace: o.Workspace = Path("learning"), json: o.AsJson = False, debug: o.Debug = False
) -> None:
    """Show what is in the workspace, and what was quarantined and why."""
    from lif_nlp.workflow.status import status as run_status

    with o.open_session(workspace) as session:
        found = run_status(session)
    if json:
        o.show_json(
            {
                "counts": found.counts,
                "themes": found.themes,
                "briefs": found.briefs,
                "quarantined": found.quarantined.to_dict("records"),
                "unused": found.unused.to_dict("records"),
                "notes": list(found.notes),
            }
        )
        return
    n = found.counts
    o.say(
        f"documents: {n['documents_read']} read = {n['documents_kept']} kept"
        f" + {n['documents_quarantined']} quarantined"
    )
    o.say(
        f"sentences, bullets and rows: {n['units_read']} read = {n['units_kept']} kept"
        f" + {n['units_boilerplate']} boilerplate + {n['units_quarantined']} quarantined"
    )
    o.say(f"themes: {found.themes}; briefs: {len(found.briefs)}")
    for note in found.notes:
        o.say(f"note: {note}")
    for row in found.quarantined.itertuples():
        o.say(f"quarantined: {row.source}: {row.reason}")
    for row in found.unused.itertuples():
        o.say(f"not used: {row.source}, {row.place}: {row.reason}")
