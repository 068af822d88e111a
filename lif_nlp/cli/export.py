"""`lif export`: write a table to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures


def export(
    table: Annotated[
        str, typer.Argument(help="Name of the table: documents, findings, themes, trends ...")
    ],
    file: Annotated[
        Path,
        typer.Argument(
            help="File to write: .csv, .parquet, .xlsx or .jsonl; also .qdc for themes and .qdpx "
            "for assignments (for NVivo, ATLAS.ti, MAXQDA and QualCoder)."
        ),
    ],
    workspace: o.Workspace = Path("learning"),
    circulate: Annotated[
        bool,
        typer.Option(
            "--circulate",
            help="Leave out whatever may identify a child, family or worker, so that the file may "
            "leave the learning team.",
        ),
    ] = False,
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Write a table of the workspace to a file."""
    from lif_nlp.circulation import FOR_CIRCULATION, FOR_LEARNING_TEAM
    from lif_nlp.errors import LifError
    from lif_nlp.workflow.export import export as run_export
    from lif_nlp.workflow.tables import OLD_NAMES

    if table in OLD_NAMES:
        # Python hides a DeprecationWarning from someone at the command line
        typer.echo(
            f"The table {table} is now called {OLD_NAMES[table]}; the old name will be removed "
            "in the next version.",
            err=True,
        )
        table = OLD_NAMES[table]
    if Path(table).suffix and not file.suffix:
        raise LifError(
            f'the table comes first, then the file; run: lif export {file} "{table}" '
            f'-w "{workspace}"'
        )
    with o.open_session(workspace, framework=framework) as session:
        rows = run_export(session, table, file, circulate=circulate)
    o.say(f"{in_figures(rows, 'row')} of {table} in {file}")
    o.say(FOR_CIRCULATION if circulate else FOR_LEARNING_TEAM)
