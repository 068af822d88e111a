"""`lif purge`: remove a document and all that came from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def purge(
    document: Annotated[str, typer.Option("--document", help="Id of the document.", metavar="ID")],
    workspace: o.Workspace = Path("learning"),
    debug: o.Debug = False,
) -> None:
    """Remove a document with its findings and vectors; name the briefs that quote it."""
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.purge import purge as run_purge

    with o.open_session(workspace) as session, record_run(session, "purge") as run:
        gone = run_purge(session, document, run)
    o.say(f"{gone.doc_id} is removed, with its findings and vectors")
    for path in gone.briefs:
        o.say(f"brief to withdraw: {path}")
