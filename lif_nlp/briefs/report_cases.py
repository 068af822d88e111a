"""What befell the child of one review, by its own words, and the advice that is on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.brief_texts import Advice, Case
from lif_nlp.text import english

_FEWEST, _FEWEST_SENTENCES = 3, 3
"""Points of a case before it is told, and sentences that speak of it: fewer may be about somebody
else.  Chosen by judgement on fifteen invented reviews, November 2026, as all numbers here."""

_OPENING, _OPENING_COUNTS = 12, 4
"""Sentences at the beginning, in which a review says what befell the child, and points for each."""

_LEADS = 0.045
"""Points by sentence of the review (share) from which a case may lead the brief."""

_ADDED = 2
"""Further cases that add a line."""

_OFTEN = 0.08
"""Share of a review's sentences that speak of a further case before it has a line though no quote
does.  Chosen by judgement on 95 invented reviews, December 2026."""


@dataclass(frozen=True, slots=True)
class ReportCases:
    """The case that leads a brief on one review, if any, and those that add a line.

    `second` is the one among them that the review tells half as much of, or more, and `beside` the
    subject that the case stands in for.
    """

    first: Case | None = None
    added: tuple[Case, ...] = ()
    second: Case | None = None
    beside: str = ""

    def about(self, topic: Subject) -> Subject:
        """The topic with the texts of the case that leads."""
        if self.first is None:
            return topic
        case = self.first
        return replace(
            topic, borrowed=self.name, why_it_matters=case.why, stop=case.stop, start=case.start,
            keep=case.keep, questions=case.questions, case=case,
        )  # fmt: skip

    @property
    def name(self) -> str:
        """The case that leads, with the second."""
        if self.first is None:
            return ""
        second = self.second.name if self.second else self.beside
        return both_named(self.first.name, second)


def both_named(first: str, second: str) -> str:
    """Two subjects as one title; a name that is a list itself ends with a comma.

    >>> both_named("Self-harm", "Neglect"), both_named("Drugs and alcohol", "")
    ('Self-harm and neglect', 'Drugs and alcohol')
    """
    if not second:
        return first
    joint = ", and " if " and " in first else " and "
    return f"{first}{joint}{english.lower_first(second)}"


def case_speaks(case: Case, text: str) -> bool:
    """Whether a sentence speaks of a case, by its cues."""
    return bool(_cues(case.cues).search(text.lower()))


def befell_child(material: Material, topic: Subject, cases: ReportCases) -> str:
    """What befell the child of a review, as it follows "A child ..."; empty where nothing says so.

    The case that leads tells it, else the priority or theme that the review is about.
    """
    if cases.first is not None:
        return cases.first.befell
    entries = {priority.id: priority.befell for priority in material.framework.priorities}
    entries |= {theme.code: theme.befell for theme in material.framework.themes}
    return entries.get(topic.priority or topic.theme, "")


def cases_of(
    material: Material, topic: Subject, rows: pd.DataFrame, *, is_baby: bool = True
) -> ReportCases:
    """What befell the child of a review, those first that most of it speaks of.

    Parameters
    ----------
    material, topic
        The material, and the review with the priority or theme that it is about.
    rows
        Its findings, all of them: every kind of brief on a review is about the same.
    is_baby
        Whether it may be about a baby; else no case of babies is told.
    """
    rows = rows.sort_values("start")
    points = {case.id: _points(_cues(case.cues), rows) for case in material.framework.cases}
    told = [
        case
        for case in material.framework.cases
        if points[case.id] >= _FEWEST
        and topic.priority not in case.not_with
        and (is_baby or not case.is_of_baby)
    ]
    if any(case.is_of_baby for case in told):
        told = [case for case in told if not case.is_of_older]
    told.sort(key=lambda case: -points[case.id])
    may_lead = [
        case
        for case in told
        if not case.is_added
        and (not topic.priority or topic.priority in case.in_place_of)
        and points[case.id] >= _LEADS * len(rows)
    ]
    may_lead.sort(key=lambda case: case.is_setting)
    first = may_lead[0] if may_lead else None
    rest = [case for case in told if case is not first]
    also_leads = next(
        (case for case in may_lead[1:] if first and 2 * points[case.id] >= points[first.id]), None
    )
    # What is in the title has the first line.
    rest.sort(key=lambda case: case is not also_leads)
    return ReportCases(first, tuple(rest[:_ADDED]), also_leads)


def shown_cases(cases: ReportCases, rows: pd.DataFrame, quotes: pd.DataFrame) -> ReportCases:
    """Without the further cases that no quote and little of the review speaks of."""

    def is_shown(case: Case) -> bool:
        speaks = rows["text"].map(lambda text: case_speaks(case, str(text)))
        is_quoted = quotes["text"].map(lambda text: case_speaks(case, str(text))).any()
        often = not case.is_setting and speaks.mean() >= _OFTEN
        return bool(is_quoted or often or case is cases.second)

    return replace(cases, added=tuple(filter(is_shown, cases.added)))


def added_lines(cases: ReportCases, audience: Audience, material: Material) -> list[str]:
    """A line of advice on each further case, after its name.

    For a service, of the cases in which it has work of its own.
    """
    lines = []
    for case in cases.added:
        advice = advice_on(case, audience, material)
        if not audience.group or advice.start != case.start:
            lines.append(f"{case.name}: {english.lower_first(advice.start)}")
    return lines


def advice_on(case: Case, audience: Audience, material: Material) -> Advice:
    """The lines on a case for these readers, or those for everyone."""
    group = material.framework.audience_group(audience.id) if audience.id else None
    return case.advice_for(group.id if group else "")


def _points(cues: re.Pattern[str], rows: pd.DataFrame) -> int:
    """Points of a case: a sentence that speaks of it has one, and more at the start."""
    speaks = rows["text"].str.lower().map(lambda text: bool(cues.search(text)))
    in_opening = speaks.head(_OPENING)
    if speaks.sum() < _FEWEST_SENTENCES:
        return 0
    return int(speaks.sum() + _OPENING_COUNTS * in_opening.sum())


@lru_cache(maxsize=64)
def _cues(cues: Sequence[str]) -> re.Pattern[str]:
    """One expression that any of the cues fits."""
    return re.compile("|".join(cues))
