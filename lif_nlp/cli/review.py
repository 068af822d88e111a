"""`lif review`: a person's corrections, out and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def review(
    workspace: o.Workspace = Path("learning"),
    export: Annotated[
        Path | None,
        typer.Option("--export", help="Write what is to be reviewed here: .xlsx or .qdpx."),
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Take decisions from this .xlsx, .qdpx or .qdc.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided; kept with each decision.")] = "",
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Write themes and findings to a file for a person, or take decisions back.

    An .xlsx workbook is for Excel; a .qdpx project or .qdc codebook is for NVivo, ATLAS.ti,
    MAXQDA and QualCoder (REFI-QDA).
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.review import export_review, import_review

    if (export is None) == (import_ is None):
        raise typer.BadParameter("give either --export FILE or --import FILE")
    with o.open_session(workspace, framework=framework) as session:
        if import_ is None:
            shown = export_review(session, export or Path("review.xlsx"))
            o.say(f"{shown} findings to review in {export}")
            return
        with record_run(session, "review") as run:
            done = import_review(session, import_, run, author=author)
    new, open_ = _counted(done.edits, "new decision"), len(done.conflicts)
    o.say(f"{new}, {_counted(open_, 'conflict')} still open" if open_ else new)
    for kind, sentences in (
        ("conflict", done.conflicts),
        ("disagreement", done.disagreements),
        ("left undone", done.left_undone),
        ("note", done.notices),
    ):
        for sentence in sentences:
            o.say(f"{kind}: {sentence}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
