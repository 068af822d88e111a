"""`lif review`: export findings for review, and import the decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def review(
    workspace: o.Workspace = Path("learning"),
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", help="Write themes and findings for review to this file: .xlsx or .qdpx."
        ),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", help="Import decisions from this file: .xlsx, .qdpx or .qdc."),
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided; stored with each decision.")] = "",
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Export findings for review, or import decisions.

    Use an .xlsx workbook with Excel, a .qdpx project or .qdc codebook (REFI-QDA) with NVivo,
    ATLAS.ti, MAXQDA or QualCoder.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.review import export_review, import_review

    if (export is None) == (import_ is None):
        raise typer.BadParameter("give either --export FILE or --import FILE")
    with o.open_session(workspace, framework=framework) as session:
        if import_ is None:
            shown = export_review(session, export or Path("review.xlsx"))
            o.say(f"{o.counted(shown, 'finding')} to review in {export}")
            return
        with record_run(session, "review") as run:
            done = import_review(session, import_, run, author=author)
    new, unresolved = o.counted(done.edits, "new decision"), len(done.conflicts)
    o.say(f"{new}, {o.counted(unresolved, 'conflict')} unresolved" if unresolved else new)
    for kind, sentences in (
        ("conflict", done.conflicts),
        ("disagreement", done.disagreements),
        ("left undone", done.left_undone),
        ("note", done.notices),
    ):
        for sentence in sentences:
            o.say(f"{kind}: {sentence}")
