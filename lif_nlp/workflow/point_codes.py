"""Learning points as codes for qualitative analysis programs (REFI-QDA), out and in.

In a codebook or project points stand under one code, "Learning points".  The code of a
point is written, and what people did with it is read, as that of a theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lif_nlp.in_words import point_reports_in_words
from lif_nlp.point_records import PointEdit
from lif_nlp.records import Assignment, Edit, Theme, ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.point_decisions import as_point_edit

_ABOVE = Theme("learning-points", "Learning points", "point")


def with_point_codes(session: Session, themes: ThemeSet) -> ThemeSet:
    """The themes, with the learning points that are shown as further codes."""
    from lif_nlp.themes.points import shown_points

    current = session.store.points()
    points = shown_points(current) if current else []
    if current is None or not points:
        return themes
    ids = {point.point_id for point in points}
    codes = [Theme(p.point_id, p.name, "point", parent=_ABOVE.theme_id) for p in points]
    codings = [
        Assignment(m.finding_id, m.point_id, m.confidence, m.by)
        for m in current.members
        if m.point_id in ids
    ]
    return replace(
        themes,
        themes=(*themes.themes, _ABOVE, *codes),
        assignments=(*themes.assignments, *codings),
    )


def point_meanings(session: Session) -> dict[str, str]:
    """A line on each learning point: its side, and how many reports state it."""
    current = session.store.points()
    return {
        p.point_id: f"{p.role}; stated by {point_reports_in_words(p.documents, round(p.likely))}"
        for p in (current.points if current else ())
    }


def part_edits(session: Session, edits: Iterable[Edit]) -> tuple[list[Edit], list[PointEdit]]:
    """What people did with codes of themes, and with codes of learning points."""
    current = session.store.points()
    ids = {point.point_id for point in current.points} if current else set()
    of_themes: list[Edit] = []
    of_points: list[PointEdit] = []
    for edit in edits:
        if edit.theme_id in ids:
            of_points.append(as_point_edit(edit))
        elif edit.theme_id != _ABOVE.theme_id:
            of_themes.append(edit)
    return of_themes, of_points
