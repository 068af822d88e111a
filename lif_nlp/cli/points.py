"""`lif points`: learning points, and the test that groups findings into them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures

if TYPE_CHECKING:
    from lif_nlp.runtime.manifest import Run
    from lif_nlp.runtime.session import Session


def points(
    workspace: o.Workspace = Path("learning"),
    role: Annotated[
        str,
        typer.Option(
            help="Only problems, strengths or actions.", metavar="problem|strength|action"
        ),
    ] = "",
    theme: Annotated[str, typer.Option(help="Only points of this theme (ID or name).")] = "",
    priority: Annotated[str, typer.Option(help="Only points on this priority (ID).")] = "",
    top: Annotated[int, typer.Option(help="Number of points to list.", min=1)] = 20,
    all_: Annotated[
        bool,
        typer.Option(
            "--all",
            help="List every point that a report states: also those in fewer than three, and "
            "rejected ones.",
        ),
    ] = False,
    unstated: Annotated[
        bool,
        typer.Option("--unstated", help="With --all, also known points that no report states."),
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build them again, even if nothing has changed.")
    ] = False,
    page: Annotated[
        bool,
        typer.Option(
            "--page",
            help="Also write 'what comes back' as a web page with pictures and quotes; other file "
            "types: lif brief --kind points --format docx,pdf",
        ),
    ] = False,
    pairs: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            "--pairs",
            metavar="IN OUT",
            help="Instead, compare pairs of texts (JSON Lines: id, a, b): the same point or not. "
            "Needs no workspace.",
        ),
    ] = None,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Build or update learning points, and list them.

    A learning point is one line of learning that several reports state.  It is counted over
    reports, each by its exact words, and keeps its ID from run to run.
    """
    if pairs is not None:
        # Refused, not ignored: an option without effect looks like a result.
        if role or theme or priority or all_ or unstated or rebuild or page or json:
            raise typer.BadParameter("--pairs stands alone: it lists no points of a workspace")
        _compare(*pairs, framework, profile)
        return
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.themes.points import unchecked_groups
    from lif_nlp.workflow.point_tables import select_echoes, select_points
    from lif_nlp.workflow.points import points as run_points

    with (
        o.open_session(workspace, framework=framework, profile=profile) as session,
        record_run(session, "points") as run,
    ):
        current = run_points(session, run, rebuild=rebuild)
        frame = select_points(
            session, role=role, theme=theme, priority=priority, shown_only=not all_
        )
        echoes = select_echoes(session, role=role, theme=theme, priority=priority)
        pages = _write_page(session, run) if page else []
    if json:
        # Programs get every row; only the list for people leaves out what would bury the rest.
        o.show_frame(frame if all_ else frame.head(top), as_json=True)
        return
    stated = frame["documents"].gt(0) | frame["status"].eq("approved")
    left_out = 0 if unstated else int((~stated).sum())
    frame = frame if unstated else frame[stated]
    rows = frame if all_ else frame.head(top)
    for row in rows.to_dict("records"):
        o.say(f"{o.point_line(row)}  [{row['point_id']}]")
        if row["quote"]:
            o.say(f"      “{row['quote']}”")
    if len(rows) < len(frame):
        o.say(f"{len(frame) - len(rows)} more; list them with: --top {len(frame)}")
    if all_ and left_out:
        o.say(
            f"{left_out} known points that no report states are left out; add --unstated for them"
        )
    if not all_:
        o.say_echoes(echoes.head(max(0, top - len(frame))).to_dict("records"))
        if unchecked := len(unchecked_groups(current)):
            o.say(
                f"{unchecked} more groups in three reports or more the program found alike and "
                "nobody has checked: list with --all"
            )
    states = len({member.finding_id for member in current.members})
    none, template = len(current.unassigned), len(current.boilerplate)
    o.say(
        f"problems, strengths and actions: {states + none + template:,} = {states:,} in points"
        f" + {none:,} in none + {template:,} template wording"
    )
    for note in current.notes:
        o.say(f"note: {note}")
    for path in pages:
        o.say(f"page: {path}")


def _write_page(session: Session, run: Run) -> list[Path]:
    """Write what comes back as a page; here, since a plain list needs nothing of the briefs."""
    from lif_nlp.briefs.request import BriefRequest
    from lif_nlp.workflow.brief import brief

    return brief(session, run, BriefRequest(kind="points", formats=("html",)))


def _compare(source: Path, target: Path, framework: Path | None, profile: str | None) -> None:
    """Say of pairs of texts whether both state the same learning point."""
    from lif_nlp.config import load_settings
    from lif_nlp.workflow.point_pairs import compare_pairs

    o.hide_warnings()
    count = compare_pairs(source, target, load_settings(framework=framework, profile=profile))
    o.say(f"{in_figures(count, 'pair')} compared in {target}")
