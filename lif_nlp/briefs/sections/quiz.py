"""A short quiz for training, drawn from what reports say; its answers give numbers and words.

Nothing is invented: options are learning points (or themes) with other counts, and what would help
is the framework's own advice.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import Quoter, action, count, ids, with_role
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    recurring_points,
    recurring_themes,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_OPTIONS = 3
"""Options of a question, as in most quizzes on paper."""

_CHOICES = 2
"""Questions on what came back in most reports."""

_OPEN = 3
"""Questions on what would help: with the others, a quiz of ten minutes."""

_LETTERS = "abc"


def quiz(quoter: Quoter, themes: Sequence[str]) -> tuple[list[Claim], list[Claim]]:
    """The questions, and the answers in the same order with numbers, advice and quotes.

    Parameters
    ----------
    quoter
        Chooses the quotes of the answers.
    themes
        Ids of themes, greatest need first: the first few are asked about, in the framework's order.

    Returns
    -------
    tuple[list[Claim], list[Claim]]
        Both empty where reports give nothing to ask about.
    """
    material, subject = quoter.material, quoter.subject
    quiz_questions: list[Claim] = []
    answers: list[Claim] = []
    asked_of: set[str] = set()
    for role in ("problem", "strength"):
        points = [one for one in _ranked(material, subject, role) if one.id not in asked_of]
        for options in _choices(points)[: 1 if role == "strength" else _CHOICES]:
            asked_of.add(options[0].id)
            quiz_questions.append(_choice(role, options))
            answers += _answer(quoter, len(quiz_questions), options)
    for theme in (t for t in material.framework.themes if t.code in themes[:_OPEN]):
        rows = material.of_theme(theme.code)
        rows = rows[rows["finding_id"].isin(subject.finding_ids)]
        problems = with_role(rows, "problem")
        if problems.empty:
            continue
        quiz_questions.append(
            Claim(
                "question",
                f"Reports name problems with {english.lower_first(theme.name)}. What is one thing "
                "that you could start tomorrow?",
            )
        )
        answers.append(count(f"{len(quiz_questions)}. For example: {theme.start}", problems))
        answers += quoter.quotes(problems, 1)
    return quiz_questions, answers


def sheet(asked: Sequence[Claim]) -> list[Claim]:
    """The questions with a line on how to use them; no lines without a question."""
    if not asked:
        return []
    lead = "Answer alone, then compare in pairs. The answers stand at the end of this pack."
    return [action(lead), *asked]


def _ranked(material: Material, subject: Subject, role: str) -> list[RecurringPoint]:
    points = recurring_points(material, subject, role)
    if len(points) >= _OPTIONS:
        return points
    return recurring_themes(material, subject, role)


def _choices(ranked: Sequence[RecurringPoint]) -> list[tuple[RecurringPoint, ...]]:
    """Sets of options of which one came back in more reports than each other one."""
    choices: list[tuple[RecurringPoint, ...]] = []
    left = list(ranked)
    while len(left) >= _OPTIONS:
        best = left.pop(0)
        # At most two thirds as often, so that the answer does not hang on one report.
        fewer = [point for point in left if 3 * point.reports <= 2 * best.reports]
        # Spread over the list, so that the options are not all of the rarest.
        others = fewer[:: max(1, len(fewer) // (_OPTIONS - 1))][: _OPTIONS - 1]
        if len(others) < _OPTIONS - 1:
            break
        left = [point for point in left if point not in others]
        choices.append((best, *others))
    return choices


def _in_order(options: Sequence[RecurringPoint]) -> list[RecurringPoint]:
    """The options in an order that stays the same and does not give the answer away."""
    # Python's own hash of a text differs from run to run.
    return sorted(options, key=lambda point: zlib.crc32(point.name.encode("utf-8")))


def _choice(role: str, options: Sequence[RecurringPoint]) -> Claim:
    options_in_words = "; ".join(
        f"({letter}) {english.lower_first(point.name.rstrip('.'))}"
        for letter, point in zip(_LETTERS, _in_order(options), strict=True)
    )
    is_theme = all(point.id == point.theme for point in options)
    lead = f"On which of these did most reports name a {role}?"
    return Claim(
        "question",
        f"{lead if is_theme else f'Which {role} came back in most reports?'} {options_in_words}.",
    )


def _answer(quoter: Quoter, number: int, options: Sequence[RecurringPoint]) -> list[Claim]:
    best, lettered = options[0], list(zip(_LETTERS, _in_order(options), strict=True))
    letter = next(letter for letter, point in lettered if point is best)
    others = [f"({at}) {point.reports}" for at, point in lettered if point is not best]
    line = f"{number}. ({letter}) {best.line} The others: {english.listed(others)}."
    return [
        Claim("count", line, ids(best.rows)),
        *quoter.quotes(best.rows, 1, telling=ids(best.quotable)),
    ]
