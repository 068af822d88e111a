"""Options that several commands share, and how a command opens its workspace."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.errors import LifError

if TYPE_CHECKING:
    import pandas as pd

    from lif_nlp.protocols import Progress
    from lif_nlp.records import Quarantined
    from lif_nlp.runtime.session import Session

SOME_QUARANTINED = 3
"""Exit code: done, but some inputs were quarantined."""

Workspace = Annotated[
    Path, typer.Option("-w", "--workspace", help="Folder of the workspace; made when missing.")
]
Sources = Annotated[
    list[str], typer.Argument(help="Files, folders or globs.", metavar="SOURCES...")
]
FrameworkFile = Annotated[
    Path | None, typer.Option("--framework", help="Another partnership's framework (TOML).")
]
Profile = Annotated[
    str | None, typer.Option(help="fast or accurate.", metavar="fast|accurate", show_default=False)
]
RulesOnly = Annotated[
    bool,
    typer.Option(
        "--rules-only", help="Label by rules, without the trained models: clearly less accurate."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        help="Processes that read and annotate; as many as cores (2 to 4 at most) unless given.",
        min=1,
        max=64,
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(help="Dask scheduler that does the reading.", metavar="ADDRESS"),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@contextmanager
def open_session(
    workspace: Path,
    *,
    create: bool = False,
    framework: Path | None = None,
    profile: str | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    rules_only: bool = False,
) -> Iterator[Session]:
    """The workspace's session; raises LifError where there is none and `create` is False.

    With `create`, models are checked first, so that nothing is written if one is missing
    or was altered (ModelError).
    """
    from lif_nlp.config import load_settings
    from lif_nlp.runtime.models import check_models
    from lif_nlp.runtime.session import Session
    from lif_nlp.store import Store

    if not create and not (workspace / "learning.db").is_file():
        raise LifError(f"{workspace}: no workspace here; make one with: lif add REPORTS -w FOLDER")
    # Warnings of the packages underneath say nothing that a learning lead could act on
    warnings.simplefilter("ignore")
    settings = load_settings(
        workspace,
        framework=framework,
        profile=profile,
        jobs=jobs,
        cluster=cluster,
        rules_only=rules_only or None,
    )
    if create:
        check_models(settings)
    with Store(workspace) as store:
        yield Session(store, settings)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A function that shows progress on stderr, or nothing when `quiet`."""
    from lif_nlp.protocols import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done)

        yield show


def say(line: str) -> None:
    """Print one line of a result to stdout."""
    typer.echo(line)


def show_json(value: object) -> None:
    """Print a result as JSON to stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def show_frame(frame: pd.DataFrame, *, as_json: bool) -> None:
    """Print a table to stdout, as JSON or for reading."""
    if as_json:
        typer.echo(frame.to_json(orient="records", force_ascii=False, indent=1))
    else:
        typer.echo(frame.to_string(index=False, max_colwidth=72))


def list_quarantined(items: Sequence[Quarantined]) -> None:
    """Name on stderr what could not be read, and why."""
    for item in items:
        typer.echo(f"quarantined: {item.source}: {item.reason}", err=True)


def exit_for(items: Sequence[Quarantined]) -> None:
    """End with code 3 when something was quarantined."""
    if items:
        raise typer.Exit(SOME_QUARANTINED)
