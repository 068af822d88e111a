"""`lif add`: read reports and label them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures


def add(
    sources: o.Sources,
    workspace: o.NewWorkspace = Path("learning"),
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    explain_columns: Annotated[
        bool,
        typer.Option(
            "--explain-columns", help="Only show how the columns of audit sheets are read."
        ),
    ] = False,
    quiet: o.Quiet = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Read and label new or changed reports.

    Reports in the workspace already are skipped.
    """
    # Nothing is read or made: people try this before they have a workspace.
    if explain_columns:
        _explain(sources)
        return
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.add import add as run_add

    o.one_of_jobs_and_cluster(jobs, cluster)
    o.require_files(sources, "add")
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
        result = run_add(session, sources, run, progress=progress)
        counts = session.store.counts()
    o.list_quarantined(result.quarantined)
    if json:
        ids = list(result.document_ids)
        o.show_json({"read": ids, "skipped": result.skipped, "counts": counts})
    else:
        o.say(
            f"{in_figures(len(result.document_ids), 'report')} read, {result.skipped} skipped "
            f"(in the workspace already), {len(result.quarantined)} quarantined; "
            f"{in_figures(counts['units_kept'], 'finding')} in {workspace}"
        )
    o.exit_for(result.quarantined)


def _explain(sources: list[str]) -> None:
    from lif_nlp.ingest import explain_columns

    paths, missing = o.require_files(sources, "add")
    o.list_quarantined(missing)
    for path in paths:
        if path.suffix.lower() in {".csv", ".xlsx", ".ods"}:
            o.say(f"{path}")
            for note in explain_columns(path):
                o.say(f"  {note.sheet} | {note.column}: {note.meaning} ({note.by})")
