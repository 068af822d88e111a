"""What several reports say, in lines that carry a message, however few points they state.

Learning points that words of a report show come first.  Where these are few, the framework's own
line on a theme stands for it ("What one service knows does not reach others in time"), which is as
wide as the theme, with the number of reports that find a problem or a strength there.
"""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.sections.claims import Quoter, ids, statement
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    point_lines,
    recurring_points,
    recurring_themes,
    shown_of,
    years_of,
)
from lif_nlp.records import Claim

_FEWEST = 3
"""Reports from which a theme stands beside the larger ones, as a point stands in a brief."""

_SEVERAL = 2
"""Reports from which a line on the whole subject stands above quotes."""


def messages(quoter: Quoter, role: str, most: int, *, group: str = "") -> list[Claim]:
    """At most `most` points or themes of a role on the quoter's subject, each above words.

    One that no sentence can show is left out: a place to read of it is no evidence on a page.

    Parameters
    ----------
    quoter
        Chooses the quotes.
    role
        "problem", "strength" or "action"; for actions there are points alone.
    most
        Lines at most, each with its words.
    group
        ID of the readers' agency; points that name it come first.
    """
    points = points_of(quoter, role, group)
    lines = point_lines(quoter, points, most)
    shown = shown_of(points, lines)
    themes = [
        one
        for one in themes_of(quoter, role)
        if one.in_short and one.id not in {point.theme for point in shown}
    ]
    told = point_lines(quoter, themes, most - len(shown))
    has_more = most > 1 and (bool(lines) or role == "problem")
    return [*lines, *(_with_smaller(told, shown_of(themes, told)) if has_more else told)]


def _with_smaller(lines: list[Claim], themes: list[RecurringPoint]) -> list[Claim]:
    """The lines on themes, with one of ours above those that two reports alone name.

    Below "What came back most" they would seem to weigh as much as those above them.
    """
    smaller = {one.line for one in themes if one.reports < _FEWEST}
    at = next((n for n, line in enumerate(lines) if line.text in smaller), len(lines))
    if at == len(lines):
        return lines
    each = " each" if len(smaller) > 1 else ""
    return [*lines[:at], statement(f"Smaller, in two reports{each}:"), *lines[at:]]


def points_of(quoter: Quoter, role: str, group: str = "") -> list[RecurringPoint]:
    """`recurring_points` of a quoter's subject, worked out once for all boxes and attempts."""
    key = ("points", role, group)
    if key not in quoter.came_back:
        quoter.came_back[key] = recurring_points(quoter.material, quoter.subject, role, group)
    return quoter.came_back[key]


def themes_of(quoter: Quoter, role: str) -> list[RecurringPoint]:
    """`recurring_themes` of a quoter's subject, worked out once for all boxes and attempts."""
    key = ("themes", role)
    if key not in quoter.came_back:
        quoter.came_back[key] = recurring_themes(quoter.material, quoter.subject, role)
    return quoter.came_back[key]


OF_MEANS = frozenset({"workforce_and_capacity", "policy_and_systems"})
"""Themes on what work is done with: too few people, and forms that do not fit."""


def bearing_out(rows: pd.DataFrame) -> pd.DataFrame:
    """The findings that can stand below a line on how children fare, and not on means alone.

    "Advisers carry high caseloads" does not show that children are not seen.
    """
    themes = rows["themes"].map(lambda codes: {*codes} - {"", None})
    of_means = themes.map(lambda codes: bool(codes & OF_MEANS) and not _on_practice(codes))
    return rows[~of_means.astype(bool)]


def _on_practice(codes: set[str]) -> bool:
    """Whether one of the themes of a finding is a known one on practice itself."""
    # Themes that a machine found have ids with a hyphen, and nobody says what they are on.
    return any("-" not in code for code in codes - OF_MEANS)


def own_message(quoter: Quoter, role: str) -> list[Claim]:
    """What the framework says for findings of a role on the whole subject, with their reports.

    Of problems alone: beside its contrary the line on strengths would say nothing.  No line on one
    report, on a subject without such words, and where one report alone has any.
    """
    subject = quoter.subject
    rows = subject.rows[subject.rows["role"].eq(role)]
    is_own = subject.kind in ("priority", "theme") and not subject.borrowed
    words = subject.problem_in_short if is_own and role == "problem" else ""
    if not words or rows["doc_id"].nunique() < _SEVERAL:
        return []
    whole = RecurringPoint(
        subject.id,
        subject.name,
        subject.theme,
        int(rows["doc_id"].nunique()),
        subject.reports,
        years_of(rows),
        rows,
        rows,
        in_short=words,
    )
    return [Claim("point", whole.line, ids(rows))]
