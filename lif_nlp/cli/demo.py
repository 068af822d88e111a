"""`lif demo`: mine the fictional sample reports."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.cli import options as o

TOP_THEMES = 5
"""Themes shown at the end, those in most reports first: enough to see what came out."""
"""Number of themes that are shown, those in most reports first."""


def demo(
    workspace: o.NewWorkspace = Path("demo"),
    profile: o.Profile = None,
    jobs: o.Jobs = None,
    quiet: o.Quiet = False,
    debug: o.Debug = False,
) -> None:
    """Mine the fictional sample reports that come with lif_nlp."""
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.demo import demo as run_demo

    with (
        o.open_session(workspace, create=True, profile=profile, jobs=jobs) as session,
        o.progress_bar(quiet) as progress,
        record_run(session, "demo") as run,
    ):
        mined = run_demo(session, run, progress=progress)
        counts = session.store.counts()
        themes = session.store.frame("themes")
    o.list_quarantined(mined.added.quarantined)
    reports = counts["documents_kept"]
    o.say(
        f"{reports} fictional reports, {counts['units_kept']:,} findings, "
        f"{len(mined.themes.themes)} themes\n\nThemes found in most reports:"
    )
    for theme in themes.head(TOP_THEMES).itertuples():
        o.say(
            f"  {theme.name}: {theme.documents} of {reports} reports, "
            f"{theme.problems} problems, {theme.strengths} strengths"
        )
    # A partnership's own framework may have no priority or theme that the sample mentions.
    if briefs := [path.resolve() for path in mined.briefs]:
        o.say(f"\nOpen this first, in a browser: {briefs[0]}")
        o.say(f"All {len(briefs)} briefs, for a browser and for Word: {briefs[0].parent}")
    o.say(
        "\nNext:\n"
        '  lif mine "my reports" -w learning    the same for a folder of your own reports\n'
        "  lif notebooks my-notebooks           notebooks for learning leads"
    )
    o.exit_for(mined.added.quarantined)
