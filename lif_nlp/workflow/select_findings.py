"""The findings that meet conditions: role, theme, priority, report, years and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.names import known_id
from lif_nlp.records import ROLES
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.point_decisions import point_id_of
from lif_nlp.workflow.report_lookup import report_id_of
from lif_nlp.workflow.theme_lookup import theme_id_of


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Conditions that findings must meet; an empty one, or None, leaves all of them.

    Parameters
    ----------
    role
        "strength", "problem", "action" or "context".
    priority, agency
        ID or name of a priority or agency in the framework.
    theme
        ID or current name of a theme.
    point
        ID or name of a learning point that the finding states.
    report
        ID, title or file name of a report.
    years
        Years of publication, such as "2024" or "2019-2024".
    hindsight
        True for findings with hindsight wording, False for those without.
    why
        True for findings that give a reason, False for those that do not.
    """

    role: str = ""
    priority: str = ""
    theme: str = ""
    point: str = ""
    agency: str = ""
    report: str = ""
    years: str = ""
    hindsight: bool | None = None
    why: bool | None = None


def select_findings(
    session: Session, findings: pd.DataFrame, conditions: FindingFilter
) -> pd.DataFrame:
    """The rows of the table "findings" that meet all the conditions, in their order.

    Raises
    ------
    UnknownNameError
        For a role, priority, theme, point, agency or report that does not exist.
    LifError
        For years that are none.
    """
    framework = session.framework
    if role := conditions.role:
        findings = findings[findings["role"] == known_id("role", role, ROLES)]
    for column, kind, name, entries in (
        ("priorities", "priority", conditions.priority, framework.priorities),
        ("agencies", "agency", conditions.agency, framework.agencies),
    ):
        if name:
            code = known_id(kind, name, {entry.id: entry.name for entry in entries})
            findings = findings[findings[column].map(lambda codes, c=code: c in codes).astype(bool)]
    if conditions.theme:
        findings = findings[_in_theme(session, findings, conditions.theme)]
    if conditions.point:
        points = session.store.points()
        point_id = point_id_of(points, conditions.point)
        members = points.members if points else ()
        stating = {member.finding_id for member in members if member.point_id == point_id}
        findings = findings[findings["finding_id"].isin(stating)]
    if conditions.report:
        doc_id = report_id_of(session.store.frame("documents"), conditions.report)
        findings = findings[findings["doc_id"] == doc_id]
    if conditions.years:
        first, last = year_range(conditions.years)
        documents = session.store.frame("documents")
        years = pd.to_numeric(documents["published"].str[:4], errors="coerce")
        inside = documents.loc[years.between(first, last), "doc_id"]
        findings = findings[findings["doc_id"].isin(set(inside))]
    if conditions.hindsight is not None:
        findings = findings[findings["hindsight"].map(bool) == conditions.hindsight]
    if conditions.why is not None:
        findings = findings[findings["why"] == conditions.why]
    return findings.reset_index(drop=True)


def year_range(years: str) -> tuple[int, int]:
    """First and last year of "2024" or "2019-2024"; raises LifError for anything else.

    >>> year_range("2024"), year_range("2019 to 2024")
    ((2024, 2024), (2019, 2024))
    """
    match = re.fullmatch(r"\s*(\d{4})\s*(?:(?:-|–|to)\s*(\d{4}))?\s*", years)
    if match is None:
        raise LifError(f"'{years}' is not a year; write one as 2024, or several as 2019-2024")
    first, last = int(match[1]), int(match[2] or match[1])
    if first > last:
        raise LifError(f"'{years}': the first year is after the last; write {last}-{first}")
    return first, last


def _in_theme(session: Session, findings: pd.DataFrame, theme: str) -> pd.Series[bool]:
    """Which findings are assigned to a theme, given by ID or name."""
    theme_id = theme_id_of(session.store.frame("themes"), session.framework, theme)
    assignments = session.store.frame("assignments")
    if assignments.empty:
        # Before themes are built the labels stand in for them.
        return findings["themes"].map(lambda ids: theme_id in ids).astype(bool)
    members = assignments.loc[assignments["theme_id"] == theme_id, "finding_id"]
    return findings["finding_id"].isin(set(members))
