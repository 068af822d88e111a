"""`lif follow`: what became of recommendations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import capital, number, some

if TYPE_CHECKING:
    import pandas as pd

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
    everything: Annotated[
        bool, typer.Option("--all", help="Also recommendations of which nothing is recorded.")
    ] = False,
    framework: o.FrameworkFile = None,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Show what became of recommendations, by report.

    Files given are taken in first.  Stages are asked, answered, action, done, checked,
    effect and found again.  A filled circle stands for a record, a hollow one says in which
    sources and up to when nothing is recorded; it never says that nothing was done.
    Recommendations without any record are counted, and shown with --all.  As JSON, each stage
    of a recommendation is a row, as in the table `life_lines`.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.follow import follow as run_follow
    from lif_nlp.workflow.ledger_tables import all_life_lines, ledger_table

    with o.open_session(workspace, framework=framework) as session:
        with record_run(session, "follow") as run:
            result = run_follow(
                session, sources or [], run, review=report, columns=columns, as_of=as_of
            )
        for item in result.quarantined:
            o.warn(f"not read: {item.source}: {item.reason}")
        if json:
            stages = ledger_table(session, "life_lines")
            stages = stages if everything else stages[_of_recorded(stages)]
            o.show_frame(stages, as_json=True)
        else:
            life_lines = told(all_life_lines(session), everything=everything)
            for line in (*result.changes, *life_lines, *questions_of(result.questions)):
                o.say(line)
    if result.quarantined:
        raise typer.Exit(o.SOME_QUARANTINED)


def told(life_lines: Sequence[LifeLine], *, everything: bool) -> Iterator[str]:
    """A summary, then the life lines by report, each report under its title.

    Without `everything`, only recommendations of which something is recorded.
    """
    by_report: dict[str, list[LifeLine]] = {}
    for line in life_lines:
        by_report.setdefault(line.ask.doc_id, []).append(line)
    recorded = [line for line in life_lines if _is_recorded(line)]
    yield ""
    yield (
        f"{capital(some(len(life_lines), 'recommendation'))} of "
        f"{some(len(by_report), 'report')}; something is recorded of {number(len(recorded))}."
    )
    for of_report in by_report.values():
        shown = [line for line in of_report if everything or _is_recorded(line)]
        if not shown:
            continue
        yield ""
        source = of_report[0].stages[0].source
        yield source.rpartition(", page")[0] or source
        for line in shown:
            yield ""
            yield from lines_of(line)
    if not everything and len(recorded) < len(life_lines):
        yield ""
        others = len(life_lines) - len(recorded)
        yield (
            f"Of {some(others, 'other recommendation')} nothing is recorded here, which does not "
            "mean that nothing was done; 'lif follow --all' shows them."
        )


def questions_of(questions: Sequence[str]) -> Iterator[str]:
    """What people should decide, with the way to do it."""
    if not questions:
        return
    yield ""
    yield (
        "Please decide (the sheet 'Links' of 'lif review --export review.xlsx' holds these links; "
        "write right, wrong or another recommendation, then 'lif review --import review.xlsx'):"
    )
    for question in questions:
        yield f"  {question}"


def _is_recorded(life_line: LifeLine) -> bool:
    return any(stage.recorded for stage in life_line.stages[1:])


def _of_recorded(stages: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are of a recommendation of which something is recorded after it was asked."""
    later = stages[stages["recorded"] & stages["stage"].ne("asked")]
    return stages["ask_id"].isin(later["ask_id"])


def lines_of(life_line: LifeLine) -> list[str]:
    """A life line for the screen: a mark, date and words for each stage, then its history.

    Stages of which the same sources say nothing share a line.
    """
    ask = life_line.ask
    lines = [f"{ask.ask_id}  {ask.number}  {_cut(ask.text)}"]
    for hollow, group in groupby(life_line.stages[1:], lambda s: "" if s.recorded else s.words):
        stages = list(group)
        if hollow:
            lines.append(f"  ○ {', '.join(stage.name for stage in stages)}: {_cut(hollow)}")
            continue
        for stage in stages:
            date = f" {stage.date}" if stage.date else ""
            mark = "●" if stage.is_filled else "○"
            lines.append(f"  {mark} {stage.name}{date}: {_cut(stage.words)}")
    return [*lines, *(f"      {entry}" for entry in life_line.history)]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


LINE = 110
"""Characters of a stage's words on one line; the table `life_lines` has them whole."""
