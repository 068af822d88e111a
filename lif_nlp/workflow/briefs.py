"""Themes and findings in the store -> learning briefs in the workspace's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lif_nlp.workflow.brief import make_brief
from lif_nlp.workflow.manifest import Run
from lif_nlp.workflow.session import Session
from lif_nlp.workflow.tables import frames


def brief(
    session: Session,
    run: Run,
    *,
    theme: str = "",
    priority: str = "",
    audience: str = "",
    kind: str = "seven-minute",
    formats: Sequence[str] = ("html", "docx"),
    out: Path | None = None,
) -> list[Path]:
    """Write one brief in each format and return the paths.

    Raises UnknownNameError for a theme, priority, kind or format that is not
    there, QuoteError when a quote differs from its stored source.
    """
    paths = make_brief(
        frames=frames(session),
        framework=session.framework,
        text_of=session.store.text_of,
        kind=kind,
        theme=theme,
        priority=priority,
        audience=audience,
        formats=tuple(formats),
        out=out or session.store.folder / "briefs",
        house=session.settings.house,
        run_id=run.run_id,
    )
    subject = theme or priority
    session.store.save_briefs(run.run_id, [(str(path), kind, subject) for path in paths])
    return paths
