"""The tables of learning points: their numbers, what states them, and their years."""

from __future__ import annotations

import pandas as pd

from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import Framework
from lif_nlp.ids import point_id
from lif_nlp.names import known_id
from lif_nlp.point_records import PointSet
from lif_nlp.runtime.session import Session
from lif_nlp.schema import make_frame
from lif_nlp.workflow.points import point_figures
from lif_nlp.workflow.theme_lookup import theme_id_of

TABLES = ("points", "point_members", "point_years")
"""Names of the tables."""


def point_table(session: Session, name: str) -> pd.DataFrame:
    """One of `TABLES`; without rows before points are built."""
    current = session.store.points()
    if current is None:
        return make_frame(name)
    make = {"points": _points, "point_members": _members, "point_years": _years}[name]
    return make(session, current)


def _points(session: Session, current: PointSet) -> pd.DataFrame:
    figures = point_figures(session, current)
    quoted = session.store.some_findings(p.quote for p in current.points if p.quote)
    rows = []
    for point in current.points:
        numbers = figures[point.point_id]
        rows.append(
            (
                point.point_id,
                point.name,
                point.role,
                point.theme,
                point.priorities,
                numbers.documents,
                numbers.findings,
                numbers.first_seen,
                numbers.last_seen,
                quoted[point.quote].text if point.quote in quoted else "",
                point.quote if point.quote in quoted else "",
                point.stability,
                point.opposed_by[0] if point.opposed_by else "",
                point.status,
                numbers.able,
                numbers.documents / numbers.able if numbers.able else 0.0,
                numbers.low,
                numbers.high,
                point.quotes,
                point.named_by,
                point.origin,
                point.single_area,
                point.opposed_by,
                # Never more than could state it.
                min(max(numbers.documents, round(point.likely)), numbers.able),
            )
        )
    return make_frame("points", rows)


def _members(session: Session, current: PointSet) -> pd.DataFrame:
    findings = session.store.some_findings(m.finding_id for m in current.members)
    documents = session.store.frame("documents")
    sources = dict(zip(documents["doc_id"], documents["source"], strict=True))
    rows = [
        (m.point_id, m.finding_id, m.confidence, m.by, m.why, f.doc_id, sources[f.doc_id], f.page,
         f.text)
        for m in current.members
        if (f := findings.get(m.finding_id)) is not None
    ]  # fmt: skip
    return make_frame("point_members", rows)


def _years(session: Session, current: PointSet) -> pd.DataFrame:
    figures = point_figures(session, current)
    rows = [
        (point.point_id, point.name, point.role, int(year), stating, able)
        for point in current.points
        for year, stating, able in figures[point.point_id].years
        if figures[point.point_id].documents
    ]
    return make_frame("point_years", rows)


def select_points(
    session: Session,
    *,
    role: str = "",
    theme: str = "",
    priority: str = "",
    shown_only: bool = True,
) -> pd.DataFrame:
    """The rows of the table "points" with this role, theme (ID or name) and priority.

    With `shown_only`, only points that enough reports state or that a person approved, without
    groups that nobody has checked.
    Judgements without a subject of their own ("plans are uneven") come last.
    Raises UnknownNameError for a role, theme or priority that does not exist.
    """
    points = point_table(session, "points")
    if shown_only:
        points = select_shown(points, session.store.points())
    return _narrowed(session, points, role, theme, priority)


def select_echoes(
    session: Session, *, role: str = "", theme: str = "", priority: str = ""
) -> pd.DataFrame:
    """Known points that two reports state, as `select_points`: worth watching, not recurrent.

    Groups that the program found alike are left out, since two reports may word alike what nobody
    would call a point.
    """
    from lif_nlp.themes.points import echoes

    current = session.store.points()
    ids = {point.point_id for point in echoes(current)} if current else set()
    points = point_table(session, "points")
    points = points[points["point_id"].isin(ids)]
    return _narrowed(session, points, role, theme, priority)


def _narrowed(
    session: Session, points: pd.DataFrame, role: str, theme: str, priority: str
) -> pd.DataFrame:
    """The points of a role, theme and priority, broad ones last."""
    framework = session.framework
    role = role and known_id("role", role, POINT_ROLES)
    priority = priority and known_id(
        "priority", priority, {p.id: p.name for p in framework.priorities}
    )
    if role:
        points = points[points["role"] == role]
    if theme:
        code = theme_id_of(session.store.frame("themes"), framework, theme)
        points = points[points["theme"] == code]
    if priority:
        # without points the mask would be a list of no columns
        points = points[points["priorities"].map(lambda ids: priority in ids).astype(bool)]
    broad = points["point_id"].isin(broad_points(framework))
    return pd.concat([points[~broad], points[broad]], ignore_index=True)


def broad_points(framework: Framework) -> frozenset[str]:
    """Ids of the known points that are true of most reports and say little by themselves."""
    return frozenset(point_id("seed", point.id) for point in framework.points if point.broad)


def select_shown(points: pd.DataFrame, current: PointSet | None) -> pd.DataFrame:
    """The rows to show: stated by enough reports or approved by a person, and not rejected."""
    from lif_nlp.themes.points import shown_points

    ids = [point.point_id for point in shown_points(current)] if current else []
    return points[points["point_id"].isin(ids)].reset_index(drop=True)
