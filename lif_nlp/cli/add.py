"""`lif add`: read and annotate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def add(
    sources: o.Sources,
    workspace: o.Workspace = Path("learning"),
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    explain_columns: Annotated[
        bool,
        typer.Option(
            "--explain-columns", help="Only say how the columns of audit sheets are understood."
        ),
    ] = False,
    quiet: o.Quiet = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Read and annotate new or changed documents; known ones are skipped."""
    if explain_columns:
        _explain(sources)
        return
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.add import add as run_add

    with (
        o.open_session(
            workspace,
            create=True,
            framework=framework,
            profile=profile,
            rules_only=rules_only,
            jobs=jobs,
            cluster=cluster,
        ) as session,
        o.progress_bar(quiet) as progress,
        record_run(session, "add") as run,
    ):
        added = run_add(session, sources, run, progress=progress)
        counts = session.store.counts()
    o.list_quarantined(added.quarantined)
    if json:
        o.show_json({"read": list(added.document_ids), "skipped": added.skipped, "counts": counts})
    else:
        o.say(
            f"{len(added.document_ids)} documents read, {added.skipped} known already, "
            f"{len(added.quarantined)} quarantined; {counts['units_kept']} findings in {workspace}"
        )
    o.exit_for(added.quarantined)


def _explain(sources: list[str]) -> None:
    from lif_nlp.ingest import explain_columns, find_sources

    paths, missing = find_sources(sources)
    o.list_quarantined(missing)
    for path in paths:
        if path.suffix.lower() in {".csv", ".xlsx", ".ods"}:
            o.say(f"{path}")
            for note in explain_columns(path):
                o.say(f"  {note.sheet} | {note.column}: {note.meaning} ({note.by})")
