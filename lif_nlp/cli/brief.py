"""`lif brief`: write learning briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def brief(
    context: typer.Context,
    workspace: o.Workspace = Path("learning"),
    theme: Annotated[str, typer.Option(help="Id of a theme.", metavar="ID")] = "",
    priority: Annotated[str, typer.Option(help="Id of a priority.", metavar="ID")] = "",
    report: Annotated[str, typer.Option(help="Id of a report.", metavar="ID")] = "",
    audience: Annotated[str, typer.Option(help="Id of an audience.", metavar="ID")] = "",
    kind: Annotated[str, typer.Option(help="Kind of brief.")] = "seven-minute",
    formats: Annotated[
        str, typer.Option("--format", help="File types, joined by commas: html, docx, md ...")
    ] = "html,docx",
    courses: Annotated[
        Path | None, typer.Option(help="CSV of courses (title, themes), for the training pack.")
    ] = None,
    partnership: Annotated[
        str, typer.Option(help="Name of your partnership, printed on top.", metavar="NAME")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Folder for the files.")] = None,
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Write a learning brief on a theme, priority or report.

    By default, a brief is written on each priority.
    """
    from lif_nlp.briefs.request import BriefRequest
    from lif_nlp.errors import LifError
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.brief import brief as run_brief

    if context.args:
        raise LifError(_option_meant(" ".join(context.args), workspace, framework))
    request = BriefRequest(
        theme=theme,
        priority=priority,
        report=report,
        audience=audience,
        kind=kind,
        formats=tuple(name.strip() for name in formats.split(",") if name.strip()),
        courses=courses,
        partnership=partnership,
        out=out,
    )
    with (
        o.open_session(workspace, framework=framework) as session,
        record_run(session, "brief") as run,
    ):
        for path in run_brief(session, run, request):
            o.say(f"brief: {path}")


def _option_meant(words: str, workspace: Path, framework: Path | None) -> str:
    """What to say to somebody who names the subject of a brief without its option."""
    from lif_nlp.names import matching_id

    with o.open_session(workspace, framework=framework) as session:
        table = session.store.frame("themes")
        options = {
            "priority": {p.id: p.name for p in session.framework.priorities},
            "theme": dict(zip(table["theme_id"], table["name"], strict=True)),
        }
    for option, names in options.items():
        if meant := matching_id(words, names):
            return (
                f"'{words}' has no option; did you mean: "
                f'lif brief --{option} {meant} -w "{workspace}"'
            )
    return (
        f"'{words}' has no option; name what the brief is about with --priority, --theme or "
        "--report"
    )
