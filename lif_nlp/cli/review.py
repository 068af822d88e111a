"""`lif review`: a person's corrections, out and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def review(
    workspace: o.Workspace = Path("learning"),
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the review workbook here (.xlsx).")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Take decisions from this workbook.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided; kept with each decision.")] = "",
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Write themes and findings to a workbook for a person, or take decisions back."""
    from lif_nlp.workflow.manifest import record_run
    from lif_nlp.workflow.review import export_review, import_review

    if (export is None) == (import_ is None):
        raise typer.BadParameter("give either --export FILE.xlsx or --import FILE.xlsx")
    with o.open_session(workspace, framework=framework) as session:
        if import_ is None:
            shown = export_review(session, export or Path("review.xlsx"))
            o.say(f"{shown} findings to review in {export}")
            return
        with record_run(session, "review") as run:
            done = import_review(session, import_, run, author=author)
    o.say(f"{done.edits} decisions taken, {len(done.conflicts)} could not be applied")
    for conflict in done.conflicts:
        o.say(f"conflict: {conflict}")
