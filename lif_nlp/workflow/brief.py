"""Themes and findings in the store -> learning briefs in the workspace's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.synthesis.frames import Frames
from lif_nlp.workflow.branding import locate_branding_files
from lif_nlp.workflow.make_brief import make_brief
from lif_nlp.workflow.material_cache import MaterialCache
from lif_nlp.workflow.tables import frames


def brief(
    session: Session,
    run: Run,
    *,
    theme: str = "",
    priority: str = "",
    report: str = "",
    audience: str = "",
    kind: str = "seven-minute",
    formats: Sequence[str] = ("html", "docx"),
    courses: Path | None = None,
    out: Path | None = None,
    stored: Frames | MaterialCache | None = None,
) -> list[Path]:
    """Write one brief in each format and return the paths.

    Without a subject, a kind that needs one is written for each priority.
    `stored` are the store's tables where the caller has them already, best as
    `MaterialCache` when several briefs are made.  Raises
    UnknownNameError for a theme, priority, report, audience, kind or format that
    is not there, QuoteError when a quote differs from its stored source.
    """
    written = make_brief(
        frames=stored or frames(session),
        framework=session.framework,
        text_of=session.store.text_of,
        kind=kind,
        theme=theme,
        priority=priority,
        report=report,
        audience=audience,
        formats=tuple(formats),
        out=out or session.store.folder / "briefs",
        branding=locate_branding_files(session.settings.branding, session.store.folder),
        run_id=run.run_id,
        courses=courses,
    )
    subject = theme or priority or report
    session.store.save_briefs(
        run.run_id, kind, subject, [(str(w.path), w.doc_ids) for w in written]
    )
    return [one.path for one in written]
