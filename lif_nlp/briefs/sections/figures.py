"""Charts as figures first: rows that are drawn and also printed as a table."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.change_over_time import TOO_FEW, direction_of
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Chart
from lif_nlp.stats import wilson_interval
from lif_nlp.text import english

_FEW = 2
"""Periods above which a chart of nothing but 100% is left out."""

_TOLD = 2
"""Themes that a page tells of from which they alone are drawn: one bar compares nothing."""

_BARS = 5
"""Bars of a chart: as many as can be told apart on a slide. Chosen by judgement."""

_MIN_PERIOD = 5
"""Reports of a period: a share of fewer jumps by more than a fifth with each report."""


def balance_of_agencies(material: Material, subject: Subject) -> Chart | None:
    """Strengths beside problems for the agencies that the findings name."""
    names = {a.id: a.name for a in material.framework.agencies if a.id != "all"}
    rows = subject.rows.assign(key=subject.rows["agencies"]).explode("key")
    rows = rows.assign(name=rows["key"].map(names))
    return _balance(rows, "Agencies in these findings", "Agency")


def balance_of_themes(
    material: Material, subject: Subject, told: Collection[str] = ()
) -> Chart | None:
    """Strengths beside problems for the themes met together with a subject.

    Those `told` of, by ID, where a page tells of two or more, and of the others only what outweighs
    one of them: four of 38 problems alone would hide the rest.  Else the framework's themes with
    most findings; parts of a theme never stand beside it.
    """
    names = {theme.code: theme.name for theme in material.framework.themes}
    links = material.links[material.links["finding_id"].isin(subject.rows["finding_id"])]
    links = links[links["role"].isin(["strength", "problem"])]
    weights = links.groupby("theme_id")["finding_id"].nunique()
    if len(shown := set(told) & set(names) & set(weights.index)) >= _TOLD:
        least = min(int(weights[code]) for code in shown)
        others = [code for code in names if code not in shown and weights.get(code, 0) > least]
        others.sort(key=lambda code: (-int(weights[code]), code))
        shown |= {*others[: max(0, _BARS - len(shown))]}
        names = {code: names[code] for code in sorted(shown)}
    rows = links.assign(name=links["theme_id"].map(names))
    return _balance(rows, "Practice themes in these findings", "Theme")


def trend(material: Material, subject: Subject) -> Chart | None:
    """Share of reports with the subject per period of at least five reports.

    Years are joined until a period holds enough reports; None where fewer than
    two such periods exist, or where there are too few reports to tell a change.
    """
    # A line through points that may be chance would say more than the text beside it.
    if direction_of(material, subject).startswith(TOO_FEW):
        return None
    hit = set(subject.rows["doc_id"])
    reports = material.reports.dropna(subset=["year"]).sort_values(["year", "doc_id"])
    periods: list[list[tuple[int, bool]]] = [[]]
    for year, docs in reports.groupby("year"):
        if len(periods[-1]) >= _MIN_PERIOD:
            periods.append([])
        periods[-1] += [(int(str(year)), doc in hit) for doc in docs["doc_id"]]
    if len(periods) > 1 and len(periods[-1]) < _MIN_PERIOD:
        # What is left at the end is too little for a period of its own.
        periods[-2:] = [periods[-2] + periods[-1]]
    while len(periods) > _BARS:
        # The two smallest neighbours are joined, so that the periods stay about as large.
        at = min(range(len(periods) - 1), key=lambda i: len(periods[i]) + len(periods[i + 1]))
        periods[at : at + 2] = [periods[at] + periods[at + 1]]
    if len(periods) < 2:
        return None
    rows = []
    for period in periods:
        hits, total = sum(has_subject for _, has_subject in period), len(period)
        low, high = wilson_interval(hits, total)
        label = english.span([year for year, _ in period]).replace(" to ", "–")
        rows.append((label, hits, total, english.percent(hits / total),
                     f"{english.percent(low)} to {english.percent(high)}"))  # fmt: skip
    alt = "Share of reports that mention it, by period: " + english.listed(
        [f"{row[0]} {row[3]} ({row[1]} of {row[2]})" for row in rows]
    )
    columns = ("Years", "Reports that mention it", "Reports", "Share", "Likely range")
    if len(rows) > _FEW and {row[3] for row in rows} == {"100%"}:  # no picture
        return None
    title = "How often it comes up (pale bar: likely range)"
    return Chart("trend", title, columns, tuple(rows), alt + ".")


def _balance(rows: pd.DataFrame, title: str, column: str) -> Chart | None:
    rows = rows[rows["role"].isin(["strength", "problem"]) & rows["name"].notna()]
    if rows.empty:
        return None
    good = rows[rows["role"].eq("strength")].groupby("name")["finding_id"].nunique()
    bad = rows[rows["role"].eq("problem")].groupby("name")["finding_id"].nunique()
    counts = [(str(n), int(good.get(n, 0)), int(bad.get(n, 0))) for n in set(rows["name"])]
    figures = tuple(sorted(counts, key=lambda row: (-row[1] - row[2], row[0]))[:_BARS])
    alt = f"{title}, strengths and problems: " + english.listed(
        [f"{name}, {strengths} and {problems}" for name, strengths, problems in figures]
    )
    return Chart("balance", title, (column, "Strengths", "Problems"), figures, alt + ".")
