"""`lif export`: a table as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def export(
    table: Annotated[str, typer.Argument(help="documents, findings, themes, trends ...")],
    file: Annotated[
        Path,
        typer.Argument(
            help="Ends in .csv, .parquet, .xlsx or .jsonl; themes also in .qdc, assignments in "
            ".qdpx (for NVivo, ATLAS.ti, MAXQDA, QualCoder)."
        ),
    ],
    workspace: o.Workspace = Path("learning"),
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Write a table of the workspace to a file."""
    from lif_nlp.workflow.export import export as run_export

    with o.open_session(workspace, framework=framework) as session:
        rows = run_export(session, table, file)
    o.say(f"{rows} rows of {table} in {file}")
