"""`lif demo`: mine the fictional sample reports."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.cli import options as o
from lif_nlp.text.english import in_figures


def demo(
    workspace: o.NewWorkspace = Path("demo"),
    profile: o.Profile = None,
    jobs: o.Jobs = None,
    quiet: o.Quiet = False,
    debug: o.Debug = False,
) -> None:
    """Mine the fictional sample reports that come with lif_nlp."""
    from lif_nlp.cli.follow import lines_of
    from lif_nlp.cli.mined import ComesBack, show_mined
    from lif_nlp.cli.program import program
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.demo import demo as run_demo
    from lif_nlp.workflow.demo import sample_life_line

    with (
        o.open_session(workspace, create=True, profile=profile, jobs=jobs) as session,
        o.progress_bar(quiet) as progress,
        record_run(session, "demo") as run,
    ):
        result = run_demo(session, run, progress=progress)
        counts = session.store.counts()
        found = ComesBack.of(session)
        life_line = sample_life_line(session)
    o.list_quarantined(result.added.quarantined)
    o.say(
        f"{counts['documents_kept']} fictional reports, {counts['units_kept']:,} findings, "
        f"{in_figures(len(result.themes.themes), 'theme')}, "
        f"{in_figures(len(found.points), 'learning point')}"
    )
    show_mined(found, result.briefs, workspace)
    if life_line:
        o.say("\nWhat became of one recommendation (fiction, as the reports are):")
        for line in lines_of(life_line):
            o.say(f"  {line}")
    o.say(
        "\nNext:\n"
        "  what became of each recommendation:\n"
        f"    {program()} follow -w {workspace}\n"
        "  the same for a folder of your own reports:\n"
        f'    {program()} mine "my reports" -w learning\n'
        "  notebooks for learning leads:\n"
        f"    {program()} notebooks my-notebooks"
    )
    o.exit_for(result.added.quarantined)
