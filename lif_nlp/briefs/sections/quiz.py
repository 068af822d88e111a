"""A short quiz for training: recognise a sign, choose a next step.

Situations, options and reasons are written by people (`framework/quiz.toml`); the answers add what
real reports say on the same theme.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import Quoter, action, count, statement, with_role
from lif_nlp.briefs.subjects import subject_of
from lif_nlp.framework.brief_texts import QuizQuestion
from lif_nlp.records import Claim

_SHOWN = 6
"""Questions of a quiz: ten minutes alone and in pairs."""

_LETTERS = "abc"


def quiz(quoter: Quoter, themes: Sequence[str]) -> tuple[list[Claim], list[Claim]]:
    """The questions, and the answers in the same order with reasons and quotes.

    Parameters
    ----------
    quoter
        Chooses the quotes of the answers; a pack on a priority asks its questions first.
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
        options = _in_order(one)
        quiz_questions.append(statement(f"{number}. {one.question}"))
        lettered = zip(_LETTERS, options, strict=True)
        quiz_questions += [action(f"({letter}) {text}") for letter, text in lettered]
        letter = _LETTERS[options.index(one.options[one.best - 1])]
        answers.append(statement(f"{number}. ({letter}) {one.because}"))
        answers += _from_reports(quoter, one)
    return quiz_questions, answers


def sheet(asked: Sequence[Claim]) -> list[Claim]:
    """The questions with a line on how to use them; no lines without a question."""
    if not asked:
        return []
    lead = (
        "Answer alone, then compare in pairs: which is the best first step, and why? The answers "
        "stand at the end of this pack. The situations are invented."
    )
    return [action(lead), *asked]


def _chosen(quoter: Quoter, themes: Sequence[str]) -> list[QuizQuestion]:
    """Questions on the pack's priority, then on its themes; on all priorities if there is room."""
    framework = quoter.material.framework
    on_theme = {one.theme: one for one in framework.quiz if one.theme}
    own = [one for one in framework.quiz if one.priority == quoter.subject.priority]
    chosen = own if quoter.subject.priority else []
    chosen += [on_theme[theme] for theme in themes if theme in on_theme]
    if not chosen:
        return []
    first_of = {one.priority: one for one in reversed(framework.quiz) if one.priority}
    chosen += [one for one in first_of.values() if not quoter.subject.priority]
    return list(dict.fromkeys(chosen))[:_SHOWN]


def _in_order(one: QuizQuestion) -> list[str]:
    """The options in an order that stays the same and does not give the answer away."""
    return sorted(one.options, key=lambda text: zlib.crc32(text.encode("utf-8")))


def _from_reports(quoter: Quoter, one: QuizQuestion) -> list[Claim]:
    """What a report says on the same theme or priority: a problem, else a strength."""
    material: Material = quoter.material
    own = quoter.for_subject(subject_of(material, theme=one.theme, priority=one.priority))
    rows = own.subject.rows
    rows = rows[rows["finding_id"].isin(quoter.subject.finding_ids)]
    for role in ("problem", "strength"):
        rows_of_role = with_role(rows, role)
        if quotes := own.quotes(rows_of_role, 1):
            quoter.identifying += own.identifying
            return [count("From a report:", rows_of_role), *quotes]
    return []
