"""`lif review`: export findings for review, import the decisions, list and undo them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.cli.program import program
from lif_nlp.text.english import in_figures

_LOGGED = ("edit_id", "at", "author", "action", "theme_id", "before", "after", "status", "reason")
"""Columns of the log that fit a screen; the table "decisions" has all of them."""


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
    log: Annotated[
        bool, typer.Option("--log", help="List every decision with its number.")
    ] = False,
    undo: Annotated[
        int | None, typer.Option(help="Undo the decision with this number.", metavar="NUMBER")
    ] = None,
    redo: Annotated[
        int | None, typer.Option(help="Bring an undone decision back.", metavar="NUMBER")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided; stored with each decision.")] = "",
    json: o.AsJson = False,
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Export findings for review, or import decisions.

    Decisions can also be listed and undone.  Use an .xlsx workbook with Excel, a .qdpx
    project or .qdc codebook (REFI-QDA) with NVivo, ATLAS.ti, MAXQDA or QualCoder.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow import decisions as d
    from lif_nlp.workflow.review import export_review, import_review

    if sum([export is not None, import_ is not None, log, undo is not None, redo is not None]) != 1:
        raise typer.BadParameter(
            "give one of --export FILE, --import FILE, --log, --undo NUMBER or --redo NUMBER"
        )
    with o.open_session(workspace, framework=framework) as session:
        if export is not None:
            count = export_review(session, export)
            o.say(f"{in_figures(count, 'finding')} to review in {export}")
        elif log:
            o.show_frame(d.decisions(session)[list(_LOGGED)], as_json=json)
        elif undo is not None:
            with record_run(session, "undo"):
                d.undo(session, undo, author=author)
            o.say(
                f"decision {undo} is undone; bring it back with: {program()} review --redo {undo} "
                f'-w "{workspace}"'
            )
        elif redo is not None:
            with record_run(session, "redo"):
                d.redo(session, redo)
            o.say(f"decision {redo} applies again")
        elif import_ is not None:
            with record_run(session, "review") as run:
                for line in import_review(session, import_, run, author=author).lines():
                    o.say(line)
