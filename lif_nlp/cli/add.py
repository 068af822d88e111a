"""`lif add`: read and annotate."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.cli import options as o


def add(
    sources: o.Sources,
    workspace: o.Workspace = Path("learning"),
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    quiet: o.Quiet = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Read and annotate new or changed documents; known ones are skipped."""
    from lif_nlp.workflow.add import add as run_add
    from lif_nlp.workflow.manifest import record_run

    with (
        o.open_session(
            workspace,
            create=True,
            framework=framework,
            profile=profile,
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
        o.show_json({"read": list(added.read), "skipped": added.skipped, "counts": counts})
    else:
        o.say(
            f"{len(added.read)} documents read, {added.skipped} known already, "
            f"{len(added.quarantined)} quarantined; {counts['units_kept']} findings in {workspace}"
        )
    o.exit_for(added.quarantined)
