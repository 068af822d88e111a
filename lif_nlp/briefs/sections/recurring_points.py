"""What came back most: learning points that several reports state, one line each with a quote.

A point's number of reports is the store's own, so it is the same in every kind of brief.
Without learning points the framework's themes take their place, unless nearly every report
speaks of them: such a list ranks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import Quoter, count
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

EVERYWHERE = 0.9
"""Share of reports (0..1) from which a theme is left out of a ranking, since nearly all reports
speak of it.  Chosen by judgement in November 2026; lower, and common themes go unnamed."""

_MIN_REPORTS = 2
"""Reports from which a theme counts as having come back."""


@dataclass(frozen=True, eq=False)
class RecurringPoint:
    """Something that several reports state: its name, the findings, and its numbers.

    `quotable` are the findings to quote it with, `reports` and `of_reports` the reports that
    state it and those that could have.
    """

    id: str
    name: str
    theme: str
    reports: int
    of_reports: int
    years: str
    rows: pd.DataFrame
    quotable: pd.DataFrame
    tensions: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The point in one line with its reports and years."""
        of = f"{self.reports} of {self.of_reports} reports"
        return f"{self.name.rstrip('.')}: {of}, {self.years}."


def recurring_points(
    material: Material, subject: Subject, role: str, group: str = ""
) -> list[RecurringPoint]:
    """Points of a role on a subject, most reports first; those that name the group before others.

    Parameters
    ----------
    material, subject
        What the brief draws on, and what it is about.
    role
        "problem", "strength" or "action".
    group
        ID of the readers' agency, or empty.
    """
    table = material.points
    if table.empty:
        return []
    table = table[table["role"].eq(role)]
    if subject.kind == "priority":
        table = table[table["priorities"].map(lambda ids: subject.id in ids).astype(bool)]
    elif subject.kind == "theme":
        table = table[table["theme"].eq(subject.id)]
    members = material.point_members
    found = [
        point for _, row in table.iterrows() if (point := _point(row, members, subject)) is not None
    ]
    return sorted(found, key=partial(_rank, group=group))


def recurring_themes(material: Material, subject: Subject, role: str) -> list[RecurringPoint]:
    """The framework's themes in the findings of a role, most reports first."""
    names = {theme.code: theme.name for theme in material.framework.themes}
    names.pop(subject.id, None)
    rows = subject.rows[subject.rows["role"].eq(role)]
    links = material.links[material.links["theme_id"].isin(list(names))]
    links = links[["finding_id", "theme_id"]].merge(rows, on="finding_id")
    total = int(subject.rows["doc_id"].nunique())
    found = []
    for code, own in links.groupby("theme_id", sort=True):
        reports = int(own["doc_id"].nunique())
        if _MIN_REPORTS <= reports < EVERYWHERE * total:
            name = names[str(code)]
            found.append(
                RecurringPoint(
                    str(code), name, str(code), reports, total, _years(own["year"]), own, own
                )
            )
    return sorted(found, key=partial(_rank, group=""))


def point_lines(quoter: Quoter, points: Sequence[RecurringPoint]) -> list[Claim]:
    """Each point in a line, with its newest telling quote where one is safe to print."""
    lines: list[Claim] = []
    for point in points:
        lines.append(count(point.line, point.rows))
        lines += quoter.quotes(point.quotable, 1) or quoter.quotes(point.rows, 1)
    return lines


def tension_lines(material: Material, points: Sequence[RecurringPoint], most: int) -> list[Claim]:
    """Where reports say the contrary of each other: both points, each pair once."""
    if material.points.empty:
        return []
    table = material.points.set_index("point_id")
    lines, shown = [], set[frozenset[str]]()
    for point in points:
        for other in point.tensions:
            pair = frozenset({point.id, other})
            if other not in table.index or pair in shown:
                continue
            shown.add(pair)
            row = table.loc[[other]].iloc[0]
            lines.append(
                count(
                    f"Reports differ: “{point.name.rstrip('.')}” "
                    f"({english.some(point.reports, 'report')}), and "
                    f"“{str(row['name']).rstrip('.')}” "
                    f"({english.some(int(row['documents']), 'report')}). Ask what made the "
                    "difference.",
                    point.rows,
                )
            )
    return lines[:most]


def _point(row: pd.Series, members: pd.DataFrame, subject: Subject) -> RecurringPoint | None:
    """The point with those of its findings that the subject holds; None without any."""
    stating = set(members.loc[members["point_id"].eq(row["point_id"]), "finding_id"])
    own = subject.rows[subject.rows["finding_id"].isin(stating)]
    if own.empty:
        return None
    quotes = own[own["finding_id"].isin(list(row["quotes"] or ()))]
    seen = [int(str(day)[:4]) for day in (row["first_seen"], row["last_seen"]) if day]
    return RecurringPoint(
        id=str(row["point_id"]),
        name=str(row["name"]),
        theme=str(row["theme"] or ""),
        reports=int(row["documents"]),
        of_reports=int(row["of_documents"] or row["documents"]),
        years=english.span(seen),
        rows=own,
        quotable=quotes,
        tensions=tuple(row["tensions"] or ()),
    )


def _rank(point: RecurringPoint, group: str) -> tuple[bool, int, str]:
    names_group = bool(group) and bool(
        point.rows["agencies"].map(lambda agencies: group in agencies).any()
    )
    return not names_group, -point.reports, point.id


def _years(years: pd.Series) -> str:
    return english.span([int(year) for year in years.dropna()])
