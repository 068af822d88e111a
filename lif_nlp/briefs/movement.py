"""What has changed about a subject over time, said no more boldly than the counts allow."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs import plain
from lif_nlp.briefs.claims import count
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim

_FEWEST = 4
"""Fewer reports than this with the subject, and nothing is said about a trend."""

_SHIFTED = 0.3
"""Share of reports that changed type between periods from which a trend is doubtful."""


def changes(material: Material, subject: Subject) -> list[Claim]:
    """Lines on the trend of a subject and on problems that stayed after action."""
    lines = [_lesson(subject), _direction(material, subject), _stuck(material, subject)]
    return [count(line, subject.rows) for line in lines if line]


def _lesson(subject: Subject) -> str:
    good = int(subject.rows["role"].eq("strength").sum())
    bad = int(subject.rows["role"].eq("problem").sum())
    if not good or not bad:
        return ""
    if good >= bad:
        return (
            "Remember: these reports tell of what works as often as of what does not. "
            "Find out what makes it work, and spread it."
        )
    times = round(bad / good)
    told = "more problems than strengths" if times < 2 else f"{plain.number(times)} problems"
    rest = "" if times < 2 else " for each strength"
    return (
        f"Remember: these reports tell of {told}{rest}. "
        "The strengths show that good practice is possible in the same conditions."
    )


def _direction(material: Material, subject: Subject) -> str:
    row = _row(material.tables.get("directions"), "id", subject.id)
    if subject.kind not in {"theme", "priority"} or row is None:
        return ""
    then = f"{row['earlier_reports']} of {row['earlier_published']} reports in {row['earlier']}"
    now = f"{row['later_reports']} of {row['later_published']} in {row['later']}"
    few = int(row["earlier_reports"]) + int(row["later_reports"]) < _FEWEST
    if row["direction"] == "too few reports" or few:
        return "There are too few dated reports to speak of a trend."
    word = {"rising": "It comes up more often than before", "falling": "It comes up less often"}
    lead = word.get(str(row["direction"]), "It comes up about as often as before")
    doubt = ""
    if row["direction"] in word and float(row["type_shift"]) >= _SHIFTED:
        doubt = " The kinds of report changed too, which may be the cause."
    return f"{lead}: {then}, {now}.{doubt}"


def _stuck(material: Material, subject: Subject) -> str:
    row = _row(material.tables.get("stuck"), "theme_id", subject.id)
    if subject.kind != "theme" or row is None or not bool(row["stuck"]):
        return ""
    after = int(row["problem_reports_after"])
    return (
        f"Reports have asked for action since {row['action_since']}; "
        f"{plain.some(after, 'later one')}, there or elsewhere, still found a problem."
    )


def _row(table: pd.DataFrame | None, column: str, value: str) -> pd.Series | None:
    if table is None or table.empty:
        return None
    found = table[table[column].eq(value)]
    return found.iloc[0] if len(found) else None
