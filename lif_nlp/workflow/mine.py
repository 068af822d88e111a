"""The main job: reads reports, builds themes and learning points, and writes briefs."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.errors import EmptyBriefError
from lif_nlp.ids import file_hash
from lif_nlp.point_records import PointSet
from lif_nlp.protocols import Progress, silent
from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import BRIEFS_MADE, BRIEFS_WRITTEN, POINTS_MADE, THEMES_MADE
from lif_nlp.workflow.add import AddResult, add
from lif_nlp.workflow.branding import locate_branding_files
from lif_nlp.workflow.points import points
from lif_nlp.workflow.themes import themes

if TYPE_CHECKING:
    from lif_nlp.workflow.make_brief import BriefFile
    from lif_nlp.workflow.material_cache import MaterialCache

_log = logging.getLogger(__name__)

TOP_THEMES = 5
"""Number of themes that get a brief of their own, those in most reports first.  Chosen by
judgement: no more than a partnership would read after one run."""


@dataclass(frozen=True, slots=True)
class MineResult:
    """What the main job did, and the paths of its briefs, those that hold most first."""

    added: AddResult
    themes: ThemeSet
    points: PointSet
    briefs: tuple[Path, ...]


def mine(
    session: Session,
    sources: Iterable[str | Path],
    run: Run,
    *,
    formats: Sequence[str] = ("html", "docx"),
    progress: Progress = silent,
) -> MineResult:
    """Read new reports, update themes and points, and write briefs on the main subjects.

    Those are the priorities and the themes in most reports.

    Briefs are written only if something that they show has changed, or one is missing.

    Parameters
    ----------
    session
        The open workspace.
    sources
        Files, folders or glob patterns.
    run
        Receives hashes, counts and paths.
    formats
        File types of the briefs, such as "html" or "docx".
    progress
        Called after each file and each brief.
    """
    add_result = add(session, sources, run, progress=progress)
    theme_set, point_set = themes(session, run), points(session, run)
    key, earlier = _briefs_key(session, formats), _earlier_briefs(session)
    if session.store.note(BRIEFS_MADE) == key and all(path.is_file() for path in earlier):
        _log.info("briefs=%d written=0", len(earlier))
        return MineResult(add_result, theme_set, point_set, tuple(earlier))
    paths = _write_briefs(session, run, formats, progress)
    session.store.set_note(BRIEFS_WRITTEN, json.dumps([path.name for path in paths]))
    # Set last, so that a run which was cut short writes them again.
    session.store.set_note(BRIEFS_MADE, key)
    _log.info("briefs=%d written=%d", len(paths), len(paths))
    return MineResult(add_result, theme_set, point_set, tuple(paths))


def _briefs_key(session: Session, formats: Sequence[str]) -> str:
    """Key that changes with anything that briefs show.

    Findings, themes, decisions, titles, the framework's texts for briefs, and the partnership's
    branding and local card.
    """
    branding = session.settings.branding
    files = locate_branding_files(branding, session.store.folder)
    parts = [
        str(session.store.note(THEMES_MADE)),
        str(session.store.note(POINTS_MADE)),
        session.store.shown_digest(),
        session.framework_hash,
        branding.model_dump_json(),
        session.settings.card.model_dump_json(),
        *(file_hash(path) for path in (files.logo, files.template) if path and path.is_file()),
        *formats,
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def _earlier_briefs(session: Session) -> list[Path]:
    """Briefs of the last main job; other briefs may have been moved by whoever asked for them."""
    names: list[str] = json.loads(session.store.note(BRIEFS_WRITTEN) or "[]")
    return [session.store.folder / "briefs" / name for name in names]


def _write_briefs(
    session: Session, run: Run, formats: Sequence[str], progress: Progress
) -> list[Path]:
    # Imported here, so that a run with nothing new loads neither pandas nor the briefs.
    from lif_nlp.briefs.request import BriefRequest
    from lif_nlp.workflow.brief import write_briefs
    from lif_nlp.workflow.material_cache import MaterialCache

    files: list[BriefFile] = []
    cache = MaterialCache.of(session)
    subjects = _subjects(cache)
    for count, (priority, theme) in enumerate(subjects, start=1):
        request = BriefRequest(priority=priority, theme=theme, formats=tuple(formats))
        try:
            files += write_briefs(session, run, request, cache=cache)
        except EmptyBriefError:
            _log.info("empty brief left out: %s", priority or theme)
        progress("writing briefs", count, len(subjects))
    # Sorted without change to equals, so that priorities go before themes that hold as much.
    files.sort(key=lambda file: (-len(file.doc_ids), -file.quotes))
    return [file.path for file in files]


def _subjects(stored: MaterialCache) -> list[tuple[str, str]]:
    """Pairs of priority and theme, one of which is empty."""
    findings, theme_table = stored.frames["findings"], stored.frames["themes"]
    priority_ids = {priority for priorities in findings["priorities"] for priority in priorities}
    in_use = (theme_table["documents"] > 0) & (theme_table["status"] != "rejected")
    top = theme_table[in_use & (theme_table["kind"] == "known")].head(TOP_THEMES)
    priorities = [p.id for p in stored.framework.priorities if p.id in priority_ids]
    return [(priority, "") for priority in priorities] + [("", str(t)) for t in top["theme_id"]]
