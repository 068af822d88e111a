"""`lif sent`: record to whom a brief was sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lif_nlp.cli import options as o


def sent(
    brief: Annotated[str, typer.Argument(help="Path or title of what was sent.")],
    to: Annotated[str, typer.Option("--to", help="Audience or list it was sent to.")],
    on: Annotated[str, typer.Option("--on", help="Date (ISO).", metavar="DATE")],
    how: Annotated[str, typer.Option("--how", help="Channel: e-mail, meeting ...")] = "",
    by: Annotated[str, typer.Option("--by", help="Role of the sender; no names.")] = "",
    workspace: o.Workspace = Path("learning"),
    debug: o.Debug = False,
) -> None:
    """Record that a brief was sent: an output, no sign of change.

    Prints the code under which returns come in.
    """
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.workflow.sent import record_sent

    with o.open_session(workspace) as session, record_run(session, "sent"):
        row = record_sent(session, brief, audience=to, date=on, channel=how, by_role=by)
    o.say(f"{row.subject} sent to {row.audience} on {row.date}; code for replies: {row.code}")
