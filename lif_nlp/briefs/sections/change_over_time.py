"""Lines on how a subject changed over time, worded no more boldly than the counts allow."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, list_counts
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

# The limits were chosen by judgement in November 2026; they were not tuned.
_MIN_REPORTS = 4
"""With fewer reports on the subject, a brief says that there are too few to show a trend."""

_MIN_FINDINGS = 3
"""With fewer shared findings, another theme is not said to come with the subject."""

TYPE_SHIFT = 0.3
"""Share (0..1) by which the mix of report types differs between two periods, from which a
trend is printed with `TYPE_SHIFT_CAVEAT`; lower, and nearly every trend carries it."""

TYPE_SHIFT_CAVEAT = "The mix of report types changed too, which may explain this."

_MANY_MORE = 1.2
"""Strengths per problem from which a brief says that there are more of them."""


def changes(material: Material, subject: Subject) -> list[Claim]:
    """Lines on the balance and trend of a subject, and on problems that persist after action."""
    lines = [
        _balance_line(material, subject),
        _trend_line(material, subject),
        _persistence_line(material, subject),
    ]
    return [count(line, subject.rows) for line in lines if line]


def _balance_line(material: Material, subject: Subject) -> str:
    """Strengths against problems, and the themes that each comes with."""
    role = subject.rows["role"]
    good, bad = int(role.eq("strength").sum()), int(role.eq("problem").sum())
    if not good or not bad:
        return ""
    who = "this report describes" if subject.reports == 1 else "these reports describe"
    text = f"Remember: {who} {_ratio_in_words(good, bad)}."
    with_bad = _cooccurring_themes(material, subject, "problem")
    with_good = _cooccurring_themes(material, subject, "strength")
    if with_bad and with_good:
        text += f" Problems most often come with {with_bad}; strengths with {with_good}."
    if good >= bad:
        return f"{text} Find out what makes this work, and share it."
    return f"{text} The strengths show what is possible in the same conditions."


def _ratio_in_words(good: int, bad: int) -> str:
    """How many problems there are for the strengths, in words.

    >>> _ratio_in_words(10, 31), _ratio_in_words(10, 12)
    ('three problems for every strength', 'more problems than strengths')
    >>> _ratio_in_words(30, 10)
    'more strengths than problems'
    """
    if round(bad / good) >= 2:
        return f"{english.number(round(bad / good))} problems for every strength"
    if bad > good:
        return "more problems than strengths"
    if good > bad:
        return "more strengths than problems" if good > _MANY_MORE * bad else _EVEN
    return _EVEN


_EVEN = "about as many strengths as problems"


def _cooccurring_themes(material: Material, subject: Subject, role: str) -> str:
    """The framework's themes most frequent in the findings of a role, with their counts."""
    names = {theme.code: theme.name for theme in material.framework.themes}
    names.pop(subject.id, None)
    rows = subject.rows.loc[subject.rows["role"].eq(role), "finding_id"]
    links = material.links[material.links["finding_id"].isin(rows)]
    counts = links.loc[links["theme_id"].isin(list(names)), "theme_id"].value_counts()
    pairs = sorted(((names[str(key)], int(n)) for key, n in counts.items() if n >= _MIN_FINDINGS),
                   key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
    return list_counts(pairs, 2 if role == "problem" else 1)


def _trend_line(material: Material, subject: Subject) -> str:
    row = _row(material.tables.get("directions"), "id", subject.id)
    if subject.kind not in {"theme", "priority"} or row is None:
        return ""
    then = (
        f"{row['earlier_reports']} of {row['earlier_of_reports']} reports in {row['earlier_years']}"
    )
    now = f"{row['later_reports']} of {row['later_of_reports']} in {row['later_years']}"
    is_rare = int(row["earlier_reports"]) + int(row["later_reports"]) < _MIN_REPORTS
    if row["direction"] == "too few reports" or is_rare:
        return "There are too few dated reports to show a trend."
    if row["direction"] == "no clear change":
        return f"It shows no clear change: {then}, {now}."
    word = "more" if float(row["change"]) > 0 else "less"
    text = f"It comes up {word} often than before: {then}, {now}."
    if row["direction"] == "other kinds of report" or float(row["type_shift"]) >= TYPE_SHIFT:
        return f"{text} {TYPE_SHIFT_CAVEAT}"
    return text


def _persistence_line(material: Material, subject: Subject) -> str:
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
    rows = table[table[column].eq(value)]
    return rows.iloc[0] if len(rows) else None
