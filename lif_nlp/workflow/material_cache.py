"""The store's tables made ready for briefs, once for all the briefs of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd

from lif_nlp import briefs, synthesis
from lif_nlp.briefs.kinds import Kind
from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    counted_findings,
    counted_reports,
    findings_by_theme,
    frame_or_empty,
)

_SCORES_READ = ("score_role_", "score_priority_")


@dataclass(frozen=True)
class MaterialCache:
    """Stored tables with what was drawn from them, kept for the next brief of the run."""

    frames: Frames
    framework: Framework
    _made: dict[tuple[object, ...], briefs.Material] = field(default_factory=dict, repr=False)

    def material(self, kind: Kind, *, created: str = "", run_id: str = "") -> briefs.Material:
        """What a kind of brief is made from; the same object for the same tables and run."""
        key = (kind.tables, created, run_id)
        if key not in self._made:
            self._made[key] = prepare_material(
                self.frames, self.framework, kind, created=created, run_id=run_id
            )
        return self._made[key]


def prepare_material(
    frames: Frames, framework: Framework, kind: Kind, *, created: str = "", run_id: str = ""
) -> briefs.Material:
    """What a kind of brief is made from, with only the tables that it reads."""
    frames = {name: _plain(rows) for name, rows in frames.items()}
    return briefs.Material(
        framework=framework,
        reports=counted_reports(frames),
        findings=_lean(counted_findings(frames)),
        links=_lean(findings_by_theme(frames)),
        themes=_themes(frames),
        tables=synthesis.tables(frames, framework, kind.tables),
        created=created or datetime.now(UTC).date().isoformat(),
        run_id=run_id,
    )


def _lean(rows: pd.DataFrame) -> pd.DataFrame:
    """Findings without the scores that no brief reads; a wide table is slow to cut."""
    idle = [
        name
        for name in rows.columns
        if str(name).startswith("score_") and not str(name).startswith(_SCORES_READ)
    ]
    return rows.drop(columns=idle)


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows with Python's own strings: they are joined, cut and read row by row faster."""
    words = [name for name, kind in rows.dtypes.items() if isinstance(kind, pd.StringDtype)]
    return rows.astype(dict.fromkeys(words, object))


def _themes(frames: Frames) -> pd.DataFrame:
    """Themes in use with all that the store tells of them."""
    full = frame_or_empty(frames, "themes", ("theme_id", "terms", "exemplars"))
    return full[full["theme_id"].isin(active_themes(frames)["theme_id"])]
