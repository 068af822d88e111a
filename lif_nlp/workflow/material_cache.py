"""The store's tables prepared for briefs, once for all the briefs of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

import pandas as pd

from lif_nlp import briefs, synthesis
from lif_nlp.briefs.kinds import Kind
from lif_nlp.circulation import KnownWords, known_words, name_to_show
from lif_nlp.framework.model import Framework
from lif_nlp.ledger.lifelines import ENDED
from lif_nlp.ledger.trackers.dates import days_past
from lif_nlp.point_records import VOUCHED_NAMES
from lif_nlp.runtime.session import Session
from lif_nlp.schema import TABLES
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    counted_findings,
    counted_reports,
    findings_by_theme,
    frame_or_empty,
)
from lif_nlp.workflow.tables import brief_frames
from lif_nlp.workflow.theme_lookup import with_current_names

_SCORES_USED = ("score_role_", "score_priority_")
_NAMED = ("theme_id", "name")

POINT_COLUMNS = (
    *("point_id", "name", "role", "theme", "priorities", "documents", "of_documents"),
    *("first_seen", "last_seen", "quotes", "tensions", "status", "named_by"),
)
"""Columns of learning points that briefs read."""

POINT_REPORTS = 3
"""Reports from which a learning point stands in a brief: two may be chance.  Chosen by judgement,
as are the points that `lif points` shows."""


@dataclass(frozen=True)
class MaterialCache:
    """Stored tables with the material prepared from them, kept for the next brief of the run."""

    frames: Frames
    framework: Framework
    own_names: tuple[str, ...] = ()
    _prepared: dict[tuple[object, ...], briefs.Material] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, session: Session) -> Self:
        """The tables of a workspace as they are now, and the names that it keeps in."""
        return cls(brief_frames(session), session.framework, session.settings.own_names)

    def material(
        self,
        kind: Kind,
        *,
        created: str = "",
        run_id: str = "",
        partnership: str = "",
        briefs_folder: str = "",
    ) -> briefs.Material:
        """The material of a kind of brief; the same object for the same tables, date and run."""
        key = (kind.tables, created, run_id, partnership, briefs_folder)
        if key not in self._prepared:
            self._prepared[key] = prepare_material(
                self.frames,
                self.framework,
                kind,
                created=created,
                run_id=run_id,
                partnership=partnership,
                own_names=self.own_names,
                briefs_folder=briefs_folder,
            )
        return self._prepared[key]


def prepare_material(
    frames: Frames,
    framework: Framework,
    kind: Kind,
    *,
    created: str = "",
    run_id: str = "",
    partnership: str = "",
    own_names: tuple[str, ...] = (),
    briefs_folder: str = "",
) -> briefs.Material:
    """The material of a kind of brief, with only the tables that it reads.

    Parameters
    ----------
    frames
        The store's tables by name.
    framework
        The partnership's framework.
    kind
        The kind of brief; its `tables` decide what is synthesised.
    created
        ISO date of the brief; today when empty.
    run_id
        Id of the run, printed in the brief.
    partnership
        The partnership's name where a person gave one.
    own_names
        What a person wants kept in.
    briefs_folder
        Web folder of the partnership's briefs.
    """
    frames = {name: _with_plain_strings(rows) for name, rows in frames.items()}
    known = known_words(framework, own_names)
    # The names of emergent themes and of points come from words of reports, so the guard reads
    # them.
    frames |= {name: _named(frames[name], known) for name in ("themes", "points") if name in frames}
    framework = with_current_names(framework, frame_or_empty(frames, "themes", _NAMED))
    created = created or datetime.now(UTC).date().isoformat()
    return briefs.Material(
        framework=framework,
        reports=counted_reports(frames),
        findings=_without_unused_scores(counted_findings(frames)),
        links=_without_unused_scores(findings_by_theme(frames)),
        themes=_themes(frames),
        tables=synthesis.tables(frames, framework, kind.tables),
        likely=synthesis.likely_ranges(synthesis.keep_counted_findings(frames), framework),
        created=created,
        run_id=run_id,
        facts=frame_or_empty(frames, "facts", ("doc_id", "name", "value")),
        recommendations=frame_or_empty(frames, "recommendations", ("finding_id", "owner", "due")),
        given_partnership=partnership,
        own_names=own_names,
        briefs_folder=briefs_folder,
        points=_shown_points(frames),
        echoes=_echoes(frames),
        point_members=frame_or_empty(frames, "point_members", ("point_id", "finding_id")),
        point_years=frame_or_empty(frames, "point_years", ("point_id", "year", "of_reports")),
        life_lines=frame_or_empty(frames, "life_lines", ("ask_id", "stage", "recorded", "words")),
        ageing=_past_their_date(frames, created),
        left_plan=_left_their_plan(frames, created),
        voice=frame_or_empty(frames, "voice", ("group", "action", "change", "feedback")),
        programme=frame_or_empty(frames, "programme", TABLES["programme"].names),
    )


def _past_their_date(frames: Frames, day: str) -> pd.DataFrame:
    """Open actions whose date is past on that day, the oldest first.

    Counted to the day on which a brief is made and not to that of the plan: a board asks what is
    late now.
    """
    rows = frame_or_empty(frames, "ageing", TABLES["ageing"].names)
    # By the day: dates as texts are of unlike length, and a span ends after it begins.
    ordered = rows.assign(past=_days_past(rows, day)).sort_values(
        ["past", "action_id"], ascending=[False, True]
    )
    return ordered[ordered["past"] > 0].drop(columns="past")


def _days_past(rows: pd.DataFrame, day: str) -> pd.Series:
    """Days from the date due of each row to a day, 0 where either is missing."""
    return rows["due"].map(lambda due: days_past(str(due), day) or 0).astype(int)


def _left_their_plan(frames: Frames, day: str) -> pd.DataFrame:
    """Rows of `programme`, one for each open action past its date that its plan no longer has.

    None is in `ageing`, which holds what stands in the newest version of each plan.
    """
    rows = frame_or_empty(frames, "programme", TABLES["programme"].names)
    is_open = rows["action_id"].ne("") & ~rows["status"].isin(ENDED)
    has_left = rows["absent_from"].fillna("").ne("")
    return rows[is_open & has_left & (_days_past(rows, day) > 0)].drop_duplicates("action_id")


def _shown_points(frames: Frames) -> pd.DataFrame:
    """Learning points of enough reports, or approved by a person.

    A group that the program found alike, named by a frame or a report's own words, is left out
    unless a person approved it: nobody has checked it.
    """
    points = frame_or_empty(frames, "points", POINT_COLUMNS)
    by_machine = points["documents"].ge(POINT_REPORTS) & points["named_by"].isin(VOUCHED_NAMES)
    approved = points["status"].eq("approved")
    return points[approved | (by_machine & points["status"].ne("rejected"))]


def _echoes(frames: Frames) -> pd.DataFrame:
    """Known learning points that two reports state, and nobody decided about."""
    points = frame_or_empty(frames, "points", POINT_COLUMNS)
    is_echo = points["documents"].eq(POINT_REPORTS - 1) & points["named_by"].isin(VOUCHED_NAMES)
    return points[is_echo & points["status"].eq("proposed")]


def _named(rows: pd.DataFrame, known: KnownWords) -> pd.DataFrame:
    """Themes or points with a line instead of a name that may tell who somebody is."""
    if "name" not in rows.columns:
        return rows
    is_read = pd.Series(data=True, index=rows.index)
    if "named_by" in rows.columns:
        # Most points are the framework's own and in no report: five hundred names that were taken
        # from none, and that no brief shows unless a person approved them.
        is_read = rows["documents"].gt(0) | rows["status"].eq("approved")
    names = [
        name_to_show(str(name), known) if read else str(name)
        for name, read in zip(rows["name"], is_read, strict=True)
    ]
    return rows.assign(name=names)


def _without_unused_scores(rows: pd.DataFrame) -> pd.DataFrame:
    """Findings without the scores that no brief reads; filtering a wide table is slow."""
    unused = [
        name
        for name in rows.columns
        if str(name).startswith("score_") and not str(name).startswith(_SCORES_USED)
    ]
    return rows.drop(columns=unused)


def _with_plain_strings(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows with Python strings, which are faster to join, slice and read by row."""
    names = [name for name, kind in rows.dtypes.items() if isinstance(kind, pd.StringDtype)]
    return rows.astype(dict.fromkeys(names, object))


def _themes(frames: Frames) -> pd.DataFrame:
    """Themes in use, with every column of the store."""
    table = frame_or_empty(frames, "themes", ("theme_id", "terms", "exemplars"))
    return table[table["theme_id"].isin(active_themes(frames)["theme_id"])]
