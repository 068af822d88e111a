"""Two or three open questions: the framework's own, and hindsight turned into a question."""

from __future__ import annotations

from collections.abc import Sequence

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.text import english

_STRENGTH = "Where does this already go well here, for whom, and what makes it possible?"
_STRENGTH_WORDS = (
    "well", "easy", "better", "helped", "worked", "works", "good", "proud", "best", "right",
    "strong", "keep", "early change",
)  # fmt: skip
LOOKING_BACK = ("Looking back is easy. Ask instead:", "When we next look back on a case:")
"""Words before a question that takes the place of hindsight: on one report, and on many, of which
a team has no case before it."""

_MOST = 3
"""Questions of a brief: a team talks about one or two of them in seven minutes."""


def discussion_questions(
    material: Material, subject: Subject, own_of: Sequence[str] = ()
) -> list[str]:
    """Questions for the team, of which one is about a strength.

    `own_of` are questions of the audience; they come first.
    Where findings look back with hindsight, one question takes their place: it
    asks what made sense to people then.
    """
    own = [question for question in subject.questions if question]
    # In our framework the third question of a theme, and the last on what befell a child, is about
    # a strength, however worded.
    strength = own[-1] if subject.case else own[2] if len(own) > 2 else _STRENGTH
    if not subject.case:
        strength = next((q for q in own if asks_about_strength(q)), strength)
    rest = [*own_of[:2], *(question for question in own if question != strength)]
    hindsight_question = local_rationality_question(material, subject)
    rest = rest[: _MOST - 1 - bool(hindsight_question)]
    questions = [*rest, *([hindsight_question] if hindsight_question else []), strength]
    # A theme found by machine has no questions of its own.
    if len(questions) < 2:
        questions = [*material.framework.prompts[4:5], *questions]
    return list(dict.fromkeys(questions))


def asks_about_strength(question: str) -> bool:
    """Whether a question asks about something that goes well.

    >>> asks_about_strength("Where has our work made care better?")
    True
    """
    # "Good enough" asks about a floor, not about a strength.
    lower = f" {question.casefold()} ".replace("good enough", "")
    return any(f" {word} " in lower.replace(",", " ").replace("?", " ") for word in _STRENGTH_WORDS)


def local_rationality_question(material: Material, subject: Subject) -> str:
    """The question for the commonest kind of hindsight wording, or empty if there is none."""
    codes = subject.rows["hindsight"].explode().dropna()
    if codes.empty:
        return ""
    counts = codes.value_counts()
    # Of codes that are as frequent the first by name, so that each run asks the same.
    top = sorted(str(code) for code in counts[counts.eq(counts.iloc[0])].index)[0]
    questions = [code.question for code in material.framework.hindsight if code.code == top]
    lead = LOOKING_BACK[subject.kind != "report"]
    return f"{lead} {english.lower_first(questions[0])}" if questions else ""
