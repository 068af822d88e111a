"""What has changed about a subject over time, said no more boldly than the counts allow."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, list_counts
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_FEWEST = 4
"""Fewer reports than this with the subject, and nothing is said about a trend."""

_MET = 3
"""Fewer findings than this with another theme, and it is not said to come with it."""

_SHIFTED = 0.3
"""Share of reports that changed type between periods from which a trend is doubtful."""


def changes(material: Material, subject: Subject) -> list[Claim]:
    """Lines on the trend of a subject and on problems that stayed after action."""
    lines = [_lesson(material, subject), _direction(material, subject), _stuck(material, subject)]
    return [count(line, subject.rows) for line in lines if line]


def _lesson(material: Material, subject: Subject) -> str:
    """The point to keep: how strengths and problems stand, and what each comes with."""
    role = subject.rows["role"]
    good, bad = int(role.eq("strength").sum()), int(role.eq("problem").sum())
    if not good or not bad:
        return ""
    who = "this report describes" if subject.reports == 1 else "these reports describe"
    told = f"Remember: {who} {_against(good, bad)}."
    with_bad = _comes_with(material, subject, "problem")
    with_good = _comes_with(material, subject, "strength")
    if with_bad and with_good:
        told += f" Problems most often come with {with_bad}; strengths with {with_good}."
    if good >= bad:
        return f"{told} Find out what makes this work, and share it."
    return f"{told} The strengths show what is possible in the same conditions."


def _against(good: int, bad: int) -> str:
    """How strengths and problems stand to each other, in words.

    >>> _against(10, 31), _against(10, 12)
    ('three problems for every strength', 'more problems than strengths')
    >>> _against(30, 10)
    'more strengths than problems'
    """
    if round(bad / good) >= 2:
        return f"{english.number(round(bad / good))} problems for every strength"
    if bad > good:
        return "more problems than strengths"
    if good > bad:
        return "more strengths than problems" if good > 1.2 * bad else _EVEN
    return _EVEN


_EVEN = "about as many strengths as problems"


def _comes_with(material: Material, subject: Subject, role: str) -> str:
    """The known themes met most often in the findings of a role, with their numbers."""
    names = {theme.code: theme.name for theme in material.framework.themes}
    names.pop(subject.id, None)
    rows = subject.rows.loc[subject.rows["role"].eq(role), "finding_id"]
    links = material.links[material.links["finding_id"].isin(rows)]
    counts = links.loc[links["theme_id"].isin(list(names)), "theme_id"].value_counts()
    pairs = sorted(((names[str(key)], int(n)) for key, n in counts.items() if n >= _MET),
                   key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
    return list_counts(pairs, 2 if role == "problem" else 1)


def _direction(material: Material, subject: Subject) -> str:
    row = _row(material.tables.get("directions"), "id", subject.id)
    if subject.kind not in {"theme", "priority"} or row is None:
        return ""
    then = (
        f"{row['earlier_reports']} of {row['earlier_of_reports']} reports in {row['earlier_years']}"
    )
    now = f"{row['later_reports']} of {row['later_of_reports']} in {row['later_years']}"
    few = int(row["earlier_reports"]) + int(row["later_reports"]) < _FEWEST
    if row["direction"] == "too few reports" or few:
        return "There are too few dated reports to show a trend."
    if row["direction"] == "no clear change":
        return f"It shows no clear change: {then}, {now}."
    word = "more" if float(row["change"]) > 0 else "less"
    doubt = ""
    if row["direction"] == "other kinds of report" or float(row["type_shift"]) >= _SHIFTED:
        doubt = " The mix of report types changed too, which may explain this."
    return f"It comes up {word} often than before: {then}, {now}.{doubt}"


def _stuck(material: Material, subject: Subject) -> str:
    row = _row(material.tables.get("persistence"), "theme_id", subject.id)
    if subject.kind != "theme" or row is None or not bool(row["persistent"]):
        return ""
    after = int(row["problem_reports_after"])
    return (
        f"Reports first called for action in {row['first_action_year']}. "
        f"{english.capital(english.some(after, 'later report'))}, about this or another area, "
        "still found a problem."
    )


def _row(table: pd.DataFrame | None, column: str, value: str) -> pd.Series | None:
    if table is None or table.empty:
        return None
    found = table[table[column].eq(value)]
    return found.iloc[0] if len(found) else None
