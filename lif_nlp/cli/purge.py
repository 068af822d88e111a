"""`lif purge`: remove a report and everything that came from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def purge(
    report: Annotated[
        str, typer.Option("--report", help="Id of the report.", metavar="ID", show_default=False)
    ] = "",
    document: Annotated[str, typer.Option("--document", hidden=True)] = "",
    workspace: o.Workspace = Path("learning"),
    debug: o.Debug = False,
) -> None:
    """Remove a report and all that came from it.

    Briefs that quote it are deleted here and named, because they may have been sent.  The
    exit code is 3 while words of the report remain in the workspace.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.purge import purge as run_purge

    # The option of version 0.1.
    if document:
        o.warn("lif: --document is now called --report; the next version drops the old name")
    if not (report or document):
        raise typer.BadParameter("give the id of a report: --report ID")
    with o.open_session(workspace) as session, record_run(session, "purge") as run:
        result = run_purge(session, report or document, run)
    o.say(f"{result.doc_id} was removed, with everything that came from it")
    for path in result.briefs:
        o.say(f"brief to withdraw: {path}")
    for path in result.holding:
        o.warn(f"still holds words of the report: {path}; delete it")
    if not result.finished:
        o.warn(
            "its words are still in the files of the database, because another program is reading "
            "them: close any notebook that shows this workspace; the next lif command that writes "
            "to it removes them"
        )
    if result.holding or not result.finished:
        raise typer.Exit(o.WORDS_REMAIN)
