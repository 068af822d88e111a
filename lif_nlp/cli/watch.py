"""`lif watch`: process newly published reports as they arrive."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def watch(
    folder: Annotated[Path, typer.Argument(help="Folder in which reports arrive.")],
    workspace: o.Workspace = Path("learning"),
    once: Annotated[bool, typer.Option("--once", help="One round, as from cron.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.", min=1)] = 300,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    jobs: o.Jobs = None,
    debug: o.Debug = False,
) -> None:
    """Process newly published reports as they arrive, and write a digest of what is new."""
    from lif_nlp.errors import LifError
    from lif_nlp.workflow.watch import watch as run_watch

    if not folder.is_dir():
        raise LifError(f"{folder}: no such folder; make it or name another")
    quarantined = 0
    with o.open_session(
        workspace, create=True, framework=framework, profile=profile, jobs=jobs
    ) as session:
        for digest in run_watch(session, folder, every_seconds=every, rounds=1 if once else None):
            quarantined += len(digest.quarantined)
            _log(
                event="round",
                run_id=digest.run_id,
                documents=len(digest.documents),
                quarantined=len(digest.quarantined),
                themes_moved=len(digest.moves),
            )
            o.say(f"digest: {workspace / 'digests' / (digest.run_id + '.html')}")
    if quarantined:
        raise typer.Exit(o.SOME_QUARANTINED)


def _log(**fields: object) -> None:
    """One JSON line on stderr; ids and counts only, never the words of a report."""
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **fields}
    sys.stderr.write(json.dumps(line) + "\n")
