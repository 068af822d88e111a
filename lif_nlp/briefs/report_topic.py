"""What one report is about: a priority where it names one, else a theme, by its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.framework.model import PracticeTheme, Priority

_IN_TITLE = 2.0
"""Points of a subject whose phrase stands in the report's title, which says what it is about."""

_IN_HARM = 1.0
"""Points of a priority that is the harm read from the report's first pages."""

_IN_OTHER_HARM = 0.5
"""Points of a priority among the further harms, which the report mentions less."""

_FURTHER_LEAST = 0.03
"""Share of findings that speak of a priority among the further harms, before it is what the report
is about: a review of a young person's death that names abuse once is not about abuse.  Chosen by
judgement on six invented reviews, November 2026."""

_IN_OPENING = 1.0
"""Points times the share (0..1) of the opening's sentences that speak of it."""

_LEAST = 0.2
"""Points that a priority needs.  Read off 53 reports (25 of the sample, 28 invented reviews) in
November 2026: smaller, and inspections of all services get a priority; larger, and reviews whose
title and harm say nothing lose theirs."""

_THEME_LEAST = 0.1
"""Share of findings on a theme that the title names, so that "record" in a title is not enough.
Chosen by judgement on the same reports."""

_OPENING = 40
"""Sentences at the beginning of a report in which it says what it is about."""


def report_topic(
    material: Material, report: pd.Series | dict[str, Any], rows: pd.DataFrame
) -> Priority | PracticeTheme | None:
    """The priority or theme of a report, from its title, its harm, its opening and its findings.

    Parameters
    ----------
    material
        The material of the brief.
    report
        The report's row.
    rows
        Its findings.

    Returns
    -------
    Priority | PracticeTheme | None
        None when neither is clear; ties go to the framework's order.
    """
    title = str(report.get("title") or "").casefold()
    harms = material.facts_of(str(report["doc_id"])).get("harm", "").casefold()
    first, _, others = harms.partition(";")

    def points_of(priority: Priority) -> float:
        named = _IN_TITLE * _mentions(title, priority.phrases)
        named += _IN_HARM * _mentions(first, priority.phrases)
        share = _share(rows, priority.id)
        # A further harm that hardly a finding speaks of is not what a report is about.
        if others and not named and share < _FURTHER_LEAST:
            return 0.0
        further = _IN_OTHER_HARM * _mentions(others, priority.phrases)
        return named + further + _share(rows.head(_OPENING), priority.id) * _IN_OPENING + share

    points = [points_of(priority) for priority in material.framework.priorities]
    if points and max(points) >= _LEAST:
        return material.framework.priorities[points.index(max(points))]
    for theme in material.framework.themes:
        share = rows["themes"].map(lambda codes, code=theme.code: code in codes).mean()
        if _mentions(title, theme.phrases) and share >= _THEME_LEAST:
            return theme
    return None


def _mentions(text: str, phrases: Sequence[str]) -> bool:
    # With blanks around it, a phrase is found as whole words, without a pattern.
    padded = f" {' '.join(text.replace(',', ' ').replace(':', ' ').replace(';', ' ').split())} "
    return any(f" {phrase.casefold()} " in padded for phrase in phrases)


def _share(rows: pd.DataFrame, priority: str) -> float:
    """Share of findings that speak of a priority."""
    if rows.empty:
        return 0.0
    return float(rows["priorities"].map(lambda spoken: priority in spoken).mean())
