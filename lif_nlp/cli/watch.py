"""`lif watch`: mine newly published reports as they arrive."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.cli import options as o

if TYPE_CHECKING:
    from lif_nlp.workflow.watch import WatchRound


def watch(
    folder: Annotated[Path, typer.Argument(help="Folder in which reports arrive.")],
    workspace: o.NewWorkspace = Path("learning"),
    once: Annotated[bool, typer.Option("--once", help="Do one round and exit, for cron.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.", min=1)] = 300,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    debug: o.Debug = False,
) -> None:
    """Mine new reports as they arrive.

    After each round with new reports, a digest of what is new is written.
    """
    from lif_nlp.errors import LifError
    from lif_nlp.workflow.watch import watch as run_watch

    o.one_of_jobs_and_cluster(jobs, cluster)
    if not folder.is_dir():
        raise LifError(f"{folder}: no such folder; create it, or name another")
    quarantined = failed = 0
    with o.open_session(
        workspace,
        create=True,
        framework=framework,
        profile=profile,
        rules_only=rules_only,
        jobs=jobs,
        cluster=cluster,
    ) as session:
        for watch_round in run_watch(
            session, folder, every_seconds=every, rounds=1 if once else None
        ):
            _report(watch_round)
            failed += bool(watch_round.fault)
            if watch_round.digest:
                quarantined += len(watch_round.digest.quarantined)
                o.say(f"digest: {workspace / 'digests' / (watch_round.digest.run_id + '.html')}")
    if failed:
        raise typer.Exit(1)
    if quarantined:
        raise typer.Exit(o.SOME_QUARANTINED)


def _report(watch_round: WatchRound) -> None:
    for reason in watch_round.not_fetched:
        _write_line(event="not fetched", reason=reason)
    for reason in watch_round.not_taken:
        _write_line(event="not taken", reason=reason)
    if watch_round.fault:
        _write_line(event="failed", reason=watch_round.fault)
    elif watch_round.digest is None:
        _write_line(event="nothing new", fetched=watch_round.fetched)
    else:
        _write_line(
            event="digest",
            run_id=watch_round.digest.run_id,
            fetched=watch_round.fetched,
            documents=len(watch_round.digest.documents),
            quarantined=len(watch_round.digest.quarantined),
            themes_moved=len(watch_round.digest.moves),
            briefs=len(watch_round.digest.briefs),
        )


def _write_line(**fields: object) -> None:
    """Write one JSON line to stderr: ids, counts and reasons, never the words of a report."""
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **fields}
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
