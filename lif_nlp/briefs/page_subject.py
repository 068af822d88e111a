"""What a brief on one review is about: what befell the child, and what its quotes are on.

A review's own subject may be beside what its quotes say: a home with domestic abuse, and learning
about a bruise on a baby.  The page is then about what its quotes are on, and names the other too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.report_cases import ReportCases, both_named, case_speaks, cases_of, shown_cases
from lif_nlp.briefs.sections.report_story import OF_LIFE
from lif_nlp.briefs.subjects import Subject, with_texts
from lif_nlp.framework.brief_texts import Case
from lif_nlp.framework.model import PracticeTheme, Priority

_SETTINGS = frozenset(
    ("care_and_care_leavers", "education_and_attendance", "transitions_and_moves",
     "disability_and_send", "identity_and_culture")
)  # fmt: skip
"""Themes of where a child lives, learns and who they are; what befell the child goes before."""

_WIDE = frozenset(("fathers_and_hidden_adults", "transitions_and_moves", "identity_and_culture"))
"""Themes that stand in reviews of every harm, and are what one is about only where none else is."""

_FEWEST, _LEAST = 3, 0.045
"""Findings on a priority or on a part of life, and their share, from which a review without a
subject of its own is about it.  Chosen by judgement on 85 invented reviews, December 2026, as the
numbers below."""

_QUOTES, _TIMES = 2, 3
"""Quotes on another subject before it leads, and how many times as many as on the first."""

_LEARNING, _SHARE = 3, 0.4
"""Quotes on one part of services' work, and their share, from which the title names it too."""


@dataclass(frozen=True, slots=True)
class PageSubject:
    """What a page is about, with the texts that go with it, and what else befell the child.

    `learning` is the part of services' work that many of the quotes are on, where few of them are
    on the subject itself.
    """

    topic: Subject
    cases: ReportCases
    learning: PracticeTheme | None = None


def page_subject(
    material: Material, whole: Subject, shown: Collection[str], *, is_baby: bool
) -> PageSubject:
    """The subject of a page on one review.

    Parameters
    ----------
    material, whole
        The material, and the review with all its findings and its own subject.
    shown
        Ids of the findings that the page quotes.
    is_baby
        Whether the review may be about a baby.
    """
    rows = whole.rows
    quotes = rows[rows["finding_id"].isin(shown)]
    is_of_life = whole.priority or whole.theme in OF_LIFE - _WIDE
    topic = whole if is_of_life else _of_life(material, whole)
    cases = cases_of(material, topic, rows, is_baby=is_baby)
    own = _speaking(material, topic, cases.first, quotes)
    lead = _led_by_quotes(material, topic, cases, quotes, own)
    if isinstance(lead, Case):
        beside = cases.name or topic.borrowed
        rest = tuple(case for case in cases.added if case is not lead)
        cases, own = ReportCases(lead, rest, beside=beside), _spoken(lead, quotes)
    elif lead is not None:
        beside = cases.name or topic.borrowed
        topic = replace(with_texts(topic, lead), borrowed=both_named(lead.name, beside))
        cases, own = ReportCases(added=cases.added), _on(quotes, lead.code)
    elif topic.theme in _WIDE and cases.first is None and not own:
        topic = _of_quotes(material, topic, quotes)
    topic = cases.about(topic)
    cases = shown_cases(cases, rows, quotes)
    return PageSubject(topic, cases, _learning(material, topic, quotes, own))


def _of_life(material: Material, whole: Subject) -> Subject:
    """The review about the harm or part of life that most of it is on; as it is where none is."""
    least = max(_FEWEST, _LEAST * len(whole.rows))
    themes = [theme for theme in material.framework.themes if theme.code in OF_LIFE - _WIDE]
    wide = [theme for theme in material.framework.themes if theme.code in _WIDE]
    choices: tuple[Sequence[Priority | PracticeTheme], ...] = (
        material.framework.priorities,
        themes,
        wide,
    )
    for entries in choices:
        lead = max(entries, key=lambda entry: _tagged(whole.rows, entry), default=None)
        if lead is not None and _tagged(whole.rows, lead) >= least:
            return with_texts(whole, lead)
    return whole


def _of_quotes(material: Material, topic: Subject, quotes: pd.DataFrame) -> Subject:
    """The review about the theme that most of its quotes are on, where two are."""
    themes = material.framework.themes
    theme = max(themes, key=lambda one: _on(quotes, one.code), default=None)
    is_clear = theme is not None and _on(quotes, theme.code) >= _QUOTES
    return with_texts(topic, theme) if theme is not None and is_clear else topic


def _led_by_quotes(
    material: Material, topic: Subject, cases: ReportCases, quotes: pd.DataFrame, own: int
) -> Case | PracticeTheme | None:
    """What leads in place of the review's own subject, since many more of the quotes are on it."""
    least = max(_QUOTES, _TIMES * own)
    may_lead = [case for case in cases.added if not case.is_added]
    case = max(may_lead, key=lambda one: _spoken(one, quotes), default=None)
    if case is not None and _spoken(case, quotes) >= least:
        return case
    themes = [
        theme
        for theme in material.framework.themes
        if theme.code in OF_LIFE - _SETTINGS and theme.code != topic.theme
    ]
    theme = max(themes, key=lambda one: _on(quotes, one.code), default=None)
    # A theme is wider than a case, and takes more to lead.
    return theme if theme is not None and _on(quotes, theme.code) > least else None


def _learning(
    material: Material, topic: Subject, quotes: pd.DataFrame, own: int
) -> PracticeTheme | None:
    """The part of services' work that the title names beside a subject that few quotes are on."""
    themes = [theme for theme in material.framework.themes if theme.code not in OF_LIFE]
    theme = max(themes, key=lambda one: _on(quotes, one.code), default=None)
    if theme is None or theme.code == topic.theme:
        return None
    count = _on(quotes, theme.code)
    is_much = count >= _LEARNING and count >= _SHARE * len(quotes)
    return theme if is_much and count > 2 * own else None


def _speaking(material: Material, topic: Subject, case: Case | None, quotes: pd.DataFrame) -> int:
    """How many of the quotes are on the case that leads, else on the review's own subject."""
    if case is not None:
        return max(_spoken(case, quotes), _on(quotes, topic.theme))
    return int(
        sum(
            topic.priority in row["priorities"]
            or topic.theme in row["themes"]
            or any(phrase in str(row["text"]).casefold() for phrase in topic.phrases)
            for _, row in quotes.iterrows()
        )
    )


def _spoken(case: Case, quotes: pd.DataFrame) -> int:
    return int(quotes["text"].map(lambda text: case_speaks(case, str(text))).sum())


def _on(quotes: pd.DataFrame, code: str) -> int:
    return int(quotes["themes"].map(lambda codes: code in codes).sum())


def _tagged(rows: pd.DataFrame, entry: Priority | PracticeTheme) -> int:
    if isinstance(entry, PracticeTheme):
        return _on(rows, entry.code)
    return int(rows["priorities"].map(lambda spoken: entry.id in spoken).sum())
