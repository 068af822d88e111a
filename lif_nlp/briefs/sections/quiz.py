"""A short quiz for training: recognise a sign, choose a next step.

Situations, options and reasons are written by people (`framework/quiz.toml`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from lif_nlp.briefs.sections.claims import Quoter, action, statement
from lif_nlp.framework.brief_texts import QuizQuestion
from lif_nlp.records import Claim

_SHOWN = 6
"""Questions of a quiz: ten minutes alone and in pairs."""

_LETTERS = "abc"

_PLACES = (1, 0, 2, 0, 1, 2)
"""Place of the best option in the first question, the second ..."""


def quiz(quoter: Quoter, themes: Sequence[str]) -> tuple[list[Claim], list[Claim]]:
    """The questions, and the answers in the same order with reasons.

    Parameters
    ----------
    quoter
        Knows the pack's subject; a pack on a priority asks its questions first.
    themes
        Ids of themes, greatest need first.

    Returns
    -------
    tuple[list[Claim], list[Claim]]
        Both empty where the framework has no question on any of them.
    """
    quiz_questions: list[Claim] = []
    answers: list[Claim] = []
    for number, one in enumerate(_chosen(quoter, themes), start=1):
        options = _in_order(one, number)
        quiz_questions.append(statement(f"{number}. {one.question}"))
        lettered = zip(_LETTERS, options, strict=True)
        quiz_questions += [action(f"({letter}) {text}") for letter, text in lettered]
        letter = _LETTERS[options.index(one.options[one.best - 1])]
        answers.append(statement(f"{number}. ({letter}) {one.because}"))
    return quiz_questions, answers


def sheet(asked: Sequence[Claim]) -> list[Claim]:
    """The questions with a line on how to use them; no lines without a question."""
    if not asked:
        return []
    lead = (
        "Answer alone, then compare in pairs: which is the best first step, and why? The trainer "
        "has the answers. The situations are invented."
    )
    return [action(lead), *asked]


def _chosen(quoter: Quoter, themes: Sequence[str]) -> list[QuizQuestion]:
    """Questions on the pack's priority, then on its themes."""
    framework = quoter.material.framework
    on_theme = {one.theme: one for one in framework.quiz if one.theme}
    own = [one for one in framework.quiz if one.priority == quoter.subject.priority]
    chosen = own if quoter.subject.priority else []
    chosen += [on_theme[theme] for theme in themes if theme in on_theme]
    if not chosen:
        return []
    return list(dict.fromkeys(chosen))[:_SHOWN]


def _in_order(one: QuizQuestion, number: int) -> list[str]:
    """The options in an order that stays the same and does not give the answer away.

    The others stand as chance has them; the best is put in a place that goes round by no rule that
    shows, so that not every answer of a pack is (c).
    """
    best = one.options[one.best - 1]
    others = sorted(
        (text for text in one.options if text != best),
        key=lambda text: zlib.crc32(text.encode("utf-8")),
    )
    place = _PLACES[(number - 1) % len(_PLACES)] % len(one.options)
    return [*others[:place], best, *others[place:]]
