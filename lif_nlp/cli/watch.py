"""`lif watch`: process newly published reports as they arrive."""

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
    workspace: o.Workspace = Path("learning"),
    once: Annotated[bool, typer.Option("--once", help="One round, as from cron.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.", min=1)] = 300,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    debug: o.Debug = False,
) -> None:
    """Process newly published reports as they arrive, and write a digest of what is new."""
    from lif_nlp.errors import LifError
    from lif_nlp.workflow.watch import watch as run_watch

    if not folder.is_dir():
        raise LifError(f"{folder}: no such folder; make it or name another")
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
        for found in run_watch(session, folder, every_seconds=every, rounds=1 if once else None):
            _log_round(found)
            failed += bool(found.fault)
            if found.digest:
                quarantined += len(found.digest.quarantined)
                o.say(f"digest: {workspace / 'digests' / (found.digest.run_id + '.html')}")
    if failed:
        raise typer.Exit(1)
    if quarantined:
        raise typer.Exit(o.SOME_QUARANTINED)


def _log_round(found: WatchRound) -> None:
    for reason in found.not_fetched:
        _log(event="not fetched", reason=reason)
    for reason in found.not_taken:
        _log(event="not taken", reason=reason)
    if found.fault:
        _log(event="failed", reason=found.fault)
    elif found.digest is None:
        _log(event="nothing new", fetched=found.fetched)
    else:
        _log(
            event="digest",
            run_id=found.digest.run_id,
            fetched=found.fetched,
            documents=len(found.digest.documents),
            quarantined=len(found.digest.quarantined),
            themes_moved=len(found.digest.moves),
            briefs=len(found.digest.briefs),
        )


def _log(**fields: object) -> None:
    """One JSON line on stderr; ids, counts and reasons, never the words of a report."""
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **fields}
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
