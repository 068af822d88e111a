"""`lif status`: show what is in the workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def status(
    workspace: o.Workspace = Path("learning"),
    json: o.AsJson = False,
    proof: Annotated[
        bool,
        typer.Option("--proof", help="For a security officer: show connections, files and models."),
    ] = False,
    debug: o.Debug = False,
) -> None:
    """Show what is in the workspace.

    What could not be used is listed with the reason.
    """
    from lif_nlp.workflow.status import status as run_status

    if proof:
        _show_proof(workspace)
        return
    with o.open_session(workspace) as session:
        state = run_status(session)
    if json:
        o.show_json(
            {
                "counts": state.counts,
                "themes": state.themes,
                "points": state.points,
                "conflicts": state.conflicts,
                "briefs": state.briefs,
                "quarantined": state.quarantined.to_dict("records"),
                "unused": state.unused.to_dict("records"),
                "notes": list(state.notes),
            }
        )
        return
    for line in state.lines():
        o.say(line)
    if state.conflicts:
        o.say("list the decisions with: lif review --log")


def _show_proof(workspace: Path) -> None:
    """Print what can be shown of a workspace without a word of it."""
    from lif_nlp.workflow.proof import proof as run_proof
    from lif_nlp.workflow.status import status as run_status

    connections: list[str] = []
    events = ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")
    # An audit hook sees what any library does, and cannot be taken off again by one.
    sys.addaudithook(lambda event, _: connections.append(event) if event in events else None)
    with o.open_session(workspace) as session:
        run_status(session)
        evidence = run_proof(session, len(connections))
    o.say(evidence.connections)
    for heading, lines in (("workspace", evidence.files), ("models", evidence.models)):
        o.say(f"{heading}:")
        for line in lines:
            o.say(f"  {line}")
