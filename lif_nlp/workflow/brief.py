"""Themes and findings in the store -> learning briefs in the workspace's folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lif_nlp.briefs.request import BriefRequest
from lif_nlp.errors import QuoteError
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.branding import locate_branding_files
from lif_nlp.workflow.make_brief import BriefFile, make_brief
from lif_nlp.workflow.material_cache import MaterialCache


def brief(
    session: Session, run: Run, request: BriefRequest, *, cache: MaterialCache | None = None
) -> list[Path]:
    """Write briefs as `write_briefs` does, and return only their paths."""
    return [file.path for file in write_briefs(session, run, request, cache=cache)]


def write_briefs(
    session: Session, run: Run, request: BriefRequest, *, cache: MaterialCache | None = None
) -> list[BriefFile]:
    """Write the brief, or one for each priority, in each format.

    Parameters
    ----------
    session, run
        The workspace and the run that is recorded in the brief.
    request
        What to write; see `BriefRequest`.
    cache
        Tables of the store that were prepared before, shared by a caller that writes several
        briefs.

    Raises
    ------
    UnknownNameError
        For a theme, priority, report, audience, kind or format that does not exist.
    EmptyBriefError
        When no report says anything for the brief.
    QuoteError
        When a quote differs from its stored source.
    """
    try:
        files = make_brief(
            replace(request, out=request.out or session.store.folder / "briefs"),
            cache=cache or MaterialCache.of(session),
            text_of=session.store.text_of,
            vectors_of=session.store.stored_vectors,
            encoder=session.encoder_name,
            branding=locate_branding_files(session.settings.branding, session.store.folder),
            card=session.settings.card,
            run_id=run.run_id,
        )
    except QuoteError as error:
        # so that the advice of the message helps: known files are not read again
        session.store.mark_due(error.doc_ids)
        raise
    subject = request.theme or request.priority or request.report
    # So that `purge` can find every brief that quotes a report.
    session.store.save_briefs(
        run.run_id, request.kind, subject, [(str(file.path), file.doc_ids) for file in files]
    )
    return files
