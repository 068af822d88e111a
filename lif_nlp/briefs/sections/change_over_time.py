"""Lines on how a subject changed over time, worded no more boldly than the counts allow."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, list_counts
from lif_nlp.briefs.sections.counts import role_counts
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

TYPE_SHIFT_CAVEAT = "The kinds of report changed too, which may explain it."

_MANY_MORE = 1.2
"""Strengths per problem, or the other way round, from which a brief says that there are more."""

_MIN_SIDE = 3
"""Findings on the smaller side from which more or a ratio is said; one strength is no measure."""

_TIMES = 1.75
"""Problems per strength from which a brief gives their ratio in whole numbers."""

SAME = 0.15
"""Change of share (0..1) that the whole likely range must stay within for a brief to say that
nothing changed; a wider range means that there are too few reports to tell."""


TOO_FEW = "There are too few reports to tell whether it has changed"
"""What is said of a change that may be chance, before its fractions."""


def changes(material: Material, subject: Subject) -> list[Claim]:
    """Lines on the balance and trend of a subject, and on problems that came back in one area."""
    balance = _balance_line(material, subject)
    return [*([count(balance, subject.rows)] if balance else []), *moves(material, subject)]


def moves(material: Material, subject: Subject) -> list[Claim]:
    """Lines on the trend of a subject, and on problems that came back in one area."""
    lines = [direction_of(material, subject), _recurrence_line(material, subject)]
    return [count(line, subject.rows) for line in lines if line]


def _balance_line(material: Material, subject: Subject) -> str:
    """Strengths against problems, and the themes that each comes with."""
    counts = role_counts(subject.rows)
    good, bad = counts.strengths, counts.problems
    if not good or not bad:
        return ""
    text = _ratio_in_words(good, bad)
    with_bad = _cooccurring_themes(material, subject, "problem")
    with_good = _cooccurring_themes(material, subject, "strength")
    if with_bad and with_good:
        text += f" Problems most often come with {with_bad}; strengths with {with_good}."
    if not text:
        return ""
    if good >= bad:
        return f"{text} Find out what makes this work, and share it.".strip()
    return f"{text} The strengths show that it can be done.".strip()


def _ratio_in_words(good: int, bad: int) -> str:
    """What the numbers allow to say of problems and strengths; empty where they allow nothing.

    >>> _ratio_in_words(10, 31)
    'There are about three problems for every strength.'
    >>> _ratio_in_words(10, 13), _ratio_in_words(10, 12), _ratio_in_words(1, 11)
    ('There are more problems than strengths.', '', '')
    >>> _ratio_in_words(30, 10)
    'There are more strengths than problems.'
    """
    if min(good, bad) < _MIN_SIDE:
        return ""
    if bad >= _TIMES * good:
        return f"There are about {english.number(round(bad / good))} problems for every strength."
    if bad > _MANY_MORE * good:
        return "There are more problems than strengths."
    if good > _MANY_MORE * bad:
        return "There are more strengths than problems."
    return ""


def _cooccurring_themes(material: Material, subject: Subject, role: str) -> str:
    """The framework's themes most frequent in the findings of a role, with their counts."""
    names = {theme.code: theme.name for theme in material.framework.themes}
    # Every finding on the subject comes with the subject.
    names.pop(subject.id, None)
    rows = subject.rows.loc[subject.rows["role"].eq(role), "finding_id"]
    links = material.links[material.links["finding_id"].isin(rows)]
    counts = links.loc[links["theme_id"].isin(list(names)), "theme_id"].value_counts()
    pairs = sorted(((names[str(key)], int(n)) for key, n in counts.items() if n >= _MIN_FINDINGS),
                   key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
    return list_counts(pairs, 2 if role == "problem" else 1)


def direction_of(material: Material, subject: Subject) -> str:
    """How often the subject comes up, then and now, as a sentence; empty where it has no trend."""
    row = _row(material.tables.get("directions"), "id", subject.id)
    # One report has no trend.
    if subject.kind not in {"theme", "priority"} or row is None:
        return ""
    is_rare = int(row["earlier_reports"]) + int(row["later_reports"]) < _MIN_REPORTS
    if row["direction"] == "too few reports" or is_rare:
        return f"{TOO_FEW}."
    return direction_in_words(row)


def direction_in_words(row: pd.Series) -> str:
    """What a row of the table "directions" allows to say, with both fractions.

    "More often" and "less often" need a change beyond chance, "about as often" a likely range
    within `SAME`; all else is too little to tell.
    """
    then = (
        f"{row['earlier_reports']} of {row['earlier_of_reports']} reports in {row['earlier_years']}"
    )
    now = f"{row['later_reports']} of {row['later_of_reports']} in {row['later_years']}"
    if row["direction"] == "no clear change":
        if _is_all(row, "earlier") and _is_all(row, "later"):
            return ""
        if float(row["change_low"]) > -SAME and float(row["change_high"]) < SAME:
            return f"It comes up about as often as before: {then}, {now}."
        if float(row["change_low"]) > 0 or float(row["change_high"]) < 0:
            # Beyond chance by itself, and not among all that was compared.
            fewer = "More" if float(row["change"]) > 0 else "Fewer"
            return (
                f"{fewer} of the later reports speak of it: {then}, {now}. That may be chance, or "
                "other kinds of report."
            )
        return f"{TOO_FEW}: {then}, {now}."
    word = "more" if float(row["change"]) > 0 else "less"
    text = f"It comes up {word} often than before: {then}, {now}."
    if row["direction"] == "other kinds of report" or float(row["type_shift"]) >= TYPE_SHIFT:
        return f"{text} {TYPE_SHIFT_CAVEAT}"
    return text


def _is_all(row: pd.Series, period: str) -> bool:
    """Whether every report of a period speaks of it."""
    return int(row[f"{period}_reports"]) == int(row[f"{period}_of_reports"])


def _recurrence_line(material: Material, subject: Subject) -> str:
    """Areas that were asked to act and whose own latest report still finds more problems."""
    row = _row(material.tables.get("persistence"), "theme_id", subject.id)
    if subject.kind != "theme" or row is None:
        return ""
    areas, again = int(row["areas_with_recommendation"]), int(row["areas_with_recurrence"])
    if not again:
        return ""
    if areas == 1:
        return ""
    has = "has" if again == 1 else "have"
    return (
        f"{english.capital(english.number(areas))} areas were asked to act on it and reported on "
        f"again; {english.number(again)} of them {has} a latest report "
        "that still describes more problems than strengths."
    )


def _row(table: pd.DataFrame | None, column: str, value: str) -> pd.Series | None:
    if table is None or table.empty:
        return None
    rows = table[table[column].eq(value)]
    return rows.iloc[0] if len(rows) else None
