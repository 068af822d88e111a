"""`lif mine`: read reports, find themes and learning points, and write briefs."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures


def mine(
    sources: o.Sources,
    workspace: o.NewWorkspace = Path("learning"),
    partnership: o.Partnership = None,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    jobs: o.Jobs = None,
    cluster: o.Cluster = None,
    quiet: o.Quiet = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Read reports, find what comes back and write learning briefs."""
    from lif_nlp.cli.mined import ComesBack, show_mined
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.mine import mine as run_mine

    o.one_of_jobs_and_cluster(jobs, cluster)
    o.require_files(sources)
    # A script that asks for JSON, or for quiet, has nobody at the keyboard.
    if partnership is None and not (quiet or json):
        partnership = _ask_partnership(workspace)
    with (
        o.open_session(
            workspace,
            create=True,
            framework=framework,
            profile=profile,
            rules_only=rules_only,
            jobs=jobs,
            cluster=cluster,
            partnership=partnership,
        ) as session,
        o.progress_bar(quiet) as progress,
        record_run(session, "mine") as run,
    ):
        result = run_mine(session, sources, run, progress=progress)
        counts = session.store.counts()
        found = ComesBack.of(session)
    o.list_quarantined(result.added.quarantined)
    if json:
        o.show_json(
            {
                "counts": counts,
                "points": found.points["point_id"].tolist(),
                "briefs": [str(path) for path in result.briefs],
            }
        )
    else:
        o.say(
            f"{in_figures(counts['documents_kept'], 'report')} "
            f"({len(result.added.document_ids)} new), "
            f"{in_figures(counts['units_kept'], 'finding')}, "
            f"{in_figures(len(result.themes.themes), 'theme')}, "
            f"{in_figures(len(found.points), 'learning point')} in {workspace}"
        )
        show_mined(found, result.briefs, workspace)
    o.exit_for(result.added.quarantined)


def _ask_partnership(workspace: Path) -> str | None:
    """The name that the user types; None if it is known, or nobody is there to ask.

    An empty answer is an answer: briefs then say "Your partnership", and it is not asked again.
    """
    from lif_nlp.config import load_settings

    settings = load_settings(workspace)
    is_known = "partnership" in settings.branding.model_fields_set
    if is_known or settings.framework or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    try:
        answer: str = typer.prompt(
            "Name of your partnership, for the top of briefs (Enter for none)",
            default="",
            show_default=False,
            err=True,
        )
    except typer.Abort as stop:
        # The prompt makes one error of both: input that ends is no answer, Ctrl-C is a wish.
        if not isinstance(stop.__context__, EOFError):
            raise KeyboardInterrupt from None
        o.warn("")
        return None
    return answer.strip()
