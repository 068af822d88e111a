"""Options that several commands share, and how a command opens its workspace and prints."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lif_nlp.cli.program import as_typed_here
from lif_nlp.errors import LifError, LifWarning
from lif_nlp.in_words import point_reports_in_words
from lif_nlp.point_records import VOUCHED_NAMES
from lif_nlp.runtime.log import show_debug_log

if TYPE_CHECKING:
    import pandas as pd

    from lif_nlp.protocols import Progress
    from lif_nlp.records import Quarantined
    from lif_nlp.runtime.session import Session

SOME_QUARANTINED = 3
"""Exit code: done, but some inputs were quarantined."""

WORDS_REMAIN = 3
"""Exit code: purged, but words of the report remain in the workspace."""

MAX_CELL = 72
"""Characters of a cell when a table is printed; longer cells are cut, so that a row with one
long column fits a wide terminal.  Chosen by judgement."""


def _start_debugging(debug: bool) -> bool:
    if debug:
        show_debug_log()
    return debug


NewWorkspace = Annotated[
    Path,
    typer.Option("-w", "--workspace", help="Folder of the workspace; created if missing."),
]
Workspace = Annotated[Path, typer.Option("-w", "--workspace", help="Folder of the workspace.")]
Sources = Annotated[
    list[str], typer.Argument(help="Files, folders or glob patterns.", metavar="SOURCES...")
]
FrameworkFile = Annotated[
    Path | None, typer.Option("--framework", help="Your partnership's framework (TOML).")
]
Partnership = Annotated[
    str | None,
    typer.Option(
        help="Name of your partnership, printed on top of briefs; kept in lif.toml.",
        metavar="NAME",
        show_default=False,
    ),
]
Profile = Annotated[
    str | None,
    typer.Option(
        help="accurate (default), or fast with a smaller encoder.",
        metavar="fast|accurate",
        show_default=False,
    ),
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
        help="Number of processes that read and label; by default one for each core, at most 4 "
        "(2 with accurate).",
        min=1,
        max=64,
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(help="Address of a Dask scheduler whose workers read.", metavar="ADDRESS"),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Debug = Annotated[
    bool,
    typer.Option(
        "--debug",
        help="Show on stderr where errors come from, and all that is logged.",
        callback=_start_debugging,
    ),
]


def hide_warnings() -> None:
    """Show only warnings of our own, each as one line on stderr.

    A learning lead can do nothing about warnings of the libraries in use.
    """
    warnings.simplefilter("ignore")
    warnings.simplefilter("always", LifWarning)
    warnings.showwarning = lambda message, *_, **__: warn(f"note: {message}")


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
    partnership: str | None = None,
) -> Iterator[Session]:
    """The session of a workspace, closed after the block.

    Parameters
    ----------
    workspace
        Its folder.
    create
        Create the workspace if it is missing.  The models are checked first, so that
        nothing is written if one of them is missing or was altered.
    framework, profile, jobs, cluster, rules_only
        Settings that go before those of `lif.toml` and the environment; None leaves them.
    partnership
        Name to write into `lif.toml`; None leaves what is there.

    Raises
    ------
    LifError
        When there is no workspace and `create` is False.
    ModelError
        When `create` is True and a model is missing or was altered.
    """
    from lif_nlp.config import load_settings
    from lif_nlp.framework import load_framework
    from lif_nlp.runtime.models import check_models
    from lif_nlp.runtime.session import Session
    from lif_nlp.store import Store
    from lif_nlp.workflow.branding import set_partnership

    if not create and not (workspace / "learning.db").is_file():
        raise LifError(
            f"{workspace}: there is no workspace here; create one with: lif add REPORTS -w FOLDER"
        )
    hide_warnings()
    settings = load_settings(
        workspace,
        framework=framework,
        profile=profile,
        jobs=jobs,
        cluster=cluster,
        rules_only=rules_only or None,
    )
    if create:
        # Before anything is written: a wrong path must not leave a workspace behind.
        load_framework(settings.framework)
        check_models(settings)
    if partnership is not None and partnership != settings.branding.partnership:
        set_partnership(workspace, partnership)
        branding = settings.branding.model_copy(update={"partnership": partnership})
        settings = settings.model_copy(update={"branding": branding})
    with Store(workspace) as store:
        yield Session(store, settings)


def one_of_jobs_and_cluster(jobs: int | None, cluster: str | None) -> None:
    """Refuse two answers to where reports are read."""
    if jobs and cluster:
        raise typer.BadParameter("give one of --jobs and --cluster, not both")


def require_files(
    sources: Sequence[str], command: str = "mine"
) -> tuple[list[Path], list[Quarantined]]:
    """The files to read and what was refused, as `find_sources` gives them.

    Raises LifError if there is no file to read, before a workspace is made for none, and if one
    of the sources is a workspace: who names one there means `-w`, so the message gives the
    command (`command` is its name) as it was meant.
    """
    from lif_nlp.ingest import find_sources, is_workspace

    named = [source for source in sources if is_workspace(source)]
    if named:
        others = " ".join(f'"{source}"' for source in sources if source not in named)
        raise LifError(
            f"{named[0]}: this is a lif_nlp workspace, not a folder of reports; to read reports "
            f'into it, run: lif {command} {others or "REPORTS"} -w "{named[0]}"'
        )
    paths, refusals = find_sources(sources)
    if paths:
        return paths, refusals
    reasons = [f"{item.source}: {item.reason}" for item in refusals]
    empty = [
        f"{source}: there is no file in this folder; name the folder that holds the reports"
        for source in sources
        if Path(source).is_dir() and not any(item.source == source for item in refusals)
    ]
    raise LifError("; ".join([*reasons, *empty]))


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A function that shows progress on stderr; silent if `quiet`, or if it is no terminal."""
    from lif_nlp.protocols import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as ProgressBars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with ProgressBars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done)

        yield show


def say(line: str) -> None:
    """Print one line of a result to stdout."""
    typer.echo(line)


def warn(line: str) -> None:
    """Print one line to stderr."""
    typer.echo(as_typed_here(line), err=True)


def point_line(row: Mapping[Any, Any]) -> str:
    """A learning point in one line, with its counts and the years it was seen in.

    >>> point_line(dict(name="Plans drift", role="problem", documents=14, of_documents=83,
    ...                 likely=19, first_seen="2014-02-01", last_seen="2025-03"))
    'at least 14 of 83 reports (likely about 19)  Plans drift (problem, 2014 to 2025)'
    """
    ends = sorted({str(row[end])[:4] for end in ("first_seen", "last_seen")} - {""})
    about = ", ".join([str(row["role"]), *([" to ".join(ends)] if ends else [])])
    count = point_reports_in_words(row["documents"], row["likely"], row["of_documents"])
    return f"{count}  {row['name']} ({about}){unchecked_in_words(row)}"


def unchecked_in_words(row: Mapping[Any, Any]) -> str:
    """What to add to a group that the program made and no person approved or named, or nothing.

    >>> unchecked_in_words(dict(named_by="quote", status="proposed"))
    ' [found alike by the program; nobody has checked]'
    >>> unchecked_in_words(dict(named_by="seed", status="proposed"))
    ''
    """
    if row.get("named_by", "seed") in VOUCHED_NAMES or row["status"] != "proposed":
        return ""
    return " [found alike by the program; nobody has checked]"


def say_echoes(echoes: Sequence[Mapping[Any, Any]]) -> None:
    """Print learning points that two reports state, apart from those that come back."""
    if echoes:
        say("\nIn two reports each, so worth watching (from three on, a point comes back):")
    for row in echoes:
        say(f"  {point_line(row)}")


def show_json(value: object) -> None:
    """Print a result as JSON to stdout."""
    typer.echo(json.dumps(value, ensure_ascii=_is_narrow(), indent=1, default=str))


def show_frame(frame: pd.DataFrame, *, as_json: bool) -> None:
    """Print a table to stdout, as JSON or as aligned columns."""
    if as_json:
        typer.echo(frame.to_json(orient="records", force_ascii=_is_narrow(), indent=1))
    else:
        typer.echo(frame.to_string(index=False, max_colwidth=MAX_CELL))


def _is_narrow() -> bool:
    """Whether stdout lacks characters; JSON must then escape them itself to stay valid."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def list_quarantined(items: Sequence[Quarantined]) -> None:
    """Name on stderr what could not be used, and why."""
    for item in items:
        warn(f"quarantined: {item.source}: {item.reason}")


def exit_for(items: Sequence[Quarantined]) -> None:
    """Exit with code 3 if something was quarantined."""
    if items:
        raise typer.Exit(SOME_QUARANTINED)
