"""`lif follow`: what became of recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.cli import options as o

if TYPE_CHECKING:
    from lif_nlp.ledger.lifelines import LifeLine


def follow(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Trackers (.xlsx, .csv, tables in .docx), responses, audits, yearly reports and "
            "logs of what was sent; none to show the life lines.",
            metavar="[SOURCES]...",
        ),
    ] = None,
    workspace: o.Workspace = Path("learning"),
    report: Annotated[
        str, typer.Option("--report", help="Id of the review they follow up.", metavar="ID")
    ] = "",
    columns: Annotated[
        Path | None, typer.Option(help="TOML file with the roles of a tracker's columns.")
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", help="Date of the version (ISO).", metavar="DATE")
    ] = "",
    framework: o.FrameworkFile = None,
    debug: o.Debug = False,
) -> None:
    """Show what became of each recommendation.

    Files given are taken in first.  Stages are asked, answered, action, done, checked,
    effect and found again.  A filled circle stands for a record, a hollow one says in which
    sources and up to when nothing is recorded; it never says that nothing was done.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.follow import follow as run_follow
    from lif_nlp.workflow.ledger_tables import all_life_lines

    with o.open_session(workspace, framework=framework) as session:
        with record_run(session, "follow") as run:
            result = run_follow(
                session, sources or [], run, review=report, columns=columns, as_of=as_of
            )
        for line in result.changes:
            o.say(line)
        for question in result.questions:
            o.say(f"please decide: {question}")
        for item in result.quarantined:
            o.warn(f"not read: {item.source}: {item.reason}")
        for life_line in all_life_lines(session):
            o.say("")
            for line in lines_of(life_line):
                o.say(line)
    if result.quarantined:
        raise typer.Exit(o.SOME_QUARANTINED)


def lines_of(life_line: LifeLine) -> list[str]:
    """A life line for the screen: a mark, date and words for each stage, then its history."""
    ask = life_line.ask
    lines = [f"{ask.ask_id}  {ask.number}  {_cut(ask.text)}"]
    for stage in life_line.stages[1:]:
        mark = "●" if stage.recorded else "○"
        date = f" {stage.date}" if stage.date and stage.recorded else ""
        lines.append(f"  {mark} {stage.name}{date}: {_cut(stage.words)}")
    return [*lines, *(f"      {entry}" for entry in life_line.history)]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


LINE = 110
"""Characters of a stage's words on one line; the table `life_lines` has them whole."""
