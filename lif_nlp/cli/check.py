"""`lif check`: check a draft report before publication."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lif_nlp.cli import options as o

if TYPE_CHECKING:
    from lif_nlp.records import Section


def check(
    report: Annotated[Path, typer.Argument(help="The draft report.")],
    out: Annotated[
        Path | None, typer.Option(help="Write the notes to this file (.html, .docx, .md).")
    ] = None,
    framework: o.FrameworkFile = None,
    profile: o.Profile = None,
    rules_only: o.RulesOnly = False,
    json: o.AsJson = False,
    debug: o.Debug = False,
) -> None:
    """Check a draft report against the framework.

    Hindsight wording is noted, each time with a question that would test it.
    """
    from lif_nlp.config import load_settings
    from lif_nlp.workflow.check import check as run_check
    from lif_nlp.workflow.check import write_check

    if out and json:
        raise typer.BadParameter("give one of --out and --json, not both")
    o.hide_warnings()
    settings = load_settings(framework=framework, profile=profile, rules_only=rules_only or None)
    result = run_check(report, settings)
    if out:
        write_check(result, out, settings)
        o.say(f"notes for authors: {out}")
    elif json:
        o.show_json(
            {
                section.heading: [
                    {
                        "text": claim.text,
                        "quotes": [{"page": e.page, "quote": e.quote} for e in claim.evidence],
                    }
                    for claim in section.claims
                ]
                for section in result.brief.sections
            }
        )
    else:
        _show(result.brief.sections)


def _show(sections: Iterable[Section]) -> None:
    for section in sections:
        o.say(f"\n{section.heading}")
        for claim in section.claims:
            o.say(f"- {claim.text}")
            for one in claim.evidence:
                o.say(f'    page {one.page}: "{one.quote}"')
