"""The main job: add, themes, brief."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.ids import file_hash
from lif_nlp.protocols import Progress, silent
from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import BRIEFS_MADE, BRIEFS_WRITTEN, THEMES_MADE
from lif_nlp.workflow.add import Added, add
from lif_nlp.workflow.branding import locate_branding_files
from lif_nlp.workflow.themes import themes

if TYPE_CHECKING:
    from lif_nlp.workflow.material_cache import MaterialCache

TOP_THEMES = 5
"""Themes, by number of reports, that get a brief of their own."""


@dataclass(frozen=True, slots=True)
class Mined:
    """What the main job did and where its briefs lie."""

    added: Added
    themes: ThemeSet
    briefs: tuple[Path, ...]


def mine(
    session: Session,
    sources: Iterable[str | Path],
    run: Run,
    *,
    formats: Sequence[str] = ("html", "docx"),
    progress: Progress = silent,
) -> Mined:
    """Read new documents, rebuild themes, and brief each priority and the top themes.

    Briefs are written anew only where something that they show changed.
    """
    added = add(session, sources, run, progress=progress)
    built = themes(session, run)
    key, before = _made_from(session, formats), _written_before(session)
    if session.store.note(BRIEFS_MADE) == key and all(path.is_file() for path in before):
        return Mined(added, built, tuple(before))
    written = _write_briefs(session, run, formats, progress)
    session.store.set_note(BRIEFS_WRITTEN, json.dumps([path.name for path in written]))
    session.store.set_note(BRIEFS_MADE, key)
    return Mined(added, built, tuple(written))


def _made_from(session: Session, formats: Sequence[str]) -> str:
    """Changes with all that the briefs show: findings, themes, decisions, titles, branding."""
    branding = session.settings.branding
    found = locate_branding_files(branding, session.store.folder)
    parts = [
        str(session.store.note(THEMES_MADE)),
        session.store.shown_digest(),
        branding.model_dump_json(),
        *(file_hash(path) for path in (found.logo, found.template) if path and path.is_file()),
        *formats,
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def _written_before(session: Session) -> list[Path]:
    """The briefs of the main job alone; others may have been moved by whoever asked for them."""
    names: list[str] = json.loads(session.store.note(BRIEFS_WRITTEN) or "[]")
    return [session.store.folder / "briefs" / name for name in names]


def _write_briefs(
    session: Session, run: Run, formats: Sequence[str], progress: Progress
) -> list[Path]:
    # Late: a night with nothing new needs neither pandas nor the briefs.
    from lif_nlp.workflow.brief import brief
    from lif_nlp.workflow.material_cache import MaterialCache
    from lif_nlp.workflow.tables import frames

    written: list[Path] = []
    stored = MaterialCache(frames(session), session.framework)
    subjects = _subjects(stored)
    for count, (priority, theme) in enumerate(subjects, start=1):
        written += brief(
            session, run, priority=priority, theme=theme, formats=formats, stored=stored
        )
        progress("writing briefs", count, len(subjects))
    return written


def _subjects(stored: MaterialCache) -> list[tuple[str, str]]:
    """Pairs of priority and theme; one of the two is empty."""
    findings, known = stored.frames["findings"], stored.frames["themes"]
    spoken = {priority for found in findings["priorities"] for priority in found}
    top = known[(known["documents"] > 0) & (known["kind"] == "known")].head(TOP_THEMES)
    wanted = [p.id for p in stored.framework.priorities if p.id in spoken]
    return [(p, "") for p in wanted] + [("", str(t)) for t in top["theme_id"]]
