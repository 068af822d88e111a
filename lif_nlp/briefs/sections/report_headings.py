"""What the headings of a report say of the part below: story, learning, requests, questions."""

from __future__ import annotations

import re

_TELLS = (
    re.compile(
        r"(?i)\b(?:what happened|story|circumstances|incident|outline|narrative|events|facts|"
        r"the case|who is)\b"
    ),
    re.compile(
        r"(?i)\b(?:family|background|in brief|in short|at a glance|summary|the child|the children|"
        r"the young person|lived experience)\b"
    ),
    re.compile(r"(?i)\b(?:introduction|about|why (?:we|this|the))\b"),
)
"""Headings under which a report tells what happened, the surest first."""

NO_STORY = len(_TELLS)
"""Rank of a heading under which no story is told."""

_TELLS_NOT = re.compile(
    r"(?i)\b(?:recommend|learning|finding|analysis|appraisal|method|terms of reference|views?|told|"
    r"inspection|reviewer|action|strengths?|development|good practice|scope|process|conclusion|"
    r"timeline|agency involvement|composition|perspective|says?|lessons?)"
)

_LEARNING = re.compile(
    r"(?i)\b(?:learning|lessons?|key (?:messages|points|findings)|conclusions?|findings?|"
    r"what (?:we|it|the review) learn\w*|messages|what i found)\b"
)

_ASKS = re.compile(
    r"(?i)\b(?:recommend\w*|actions?|what (?:we|the \w+|it) (?:asks?|recommends?|is asked)|"
    r"things to change|what (?:needs|has) to change|what happens now|what is changing|"
    r"will (?:do|be different)|next steps|improving systems)\b"
)

_CHANGED = re.compile(
    r"(?i)\bwhat (?:has|is|have) (?:been |already )?(?:changed|different|done|improved)\b|"
    r"\bchanges? (?:already )?(?:made|since)\b|\b(?:progress|developments?) since\b|"
    r"\b(?:actions?|steps) (?:already )?taken\b|\bsince the (?:review|incident|death|events?)\b"
)

_OUTCOME = re.compile(r"(?i)\b(?:headline findings|inspection outcome|overall effectiveness)\b")

_IMPROVE = re.compile(
    r"(?i)\b(?:what (?:\w+ ){0,4}needs? to (?:improve|do better)|areas? for (?:improvement|"
    r"priority action)|priority actions?|recommendations?)\b"
)

_QUESTIONS = re.compile(
    r"(?i)\b(?:questions?|prompts?|talk (?:about|it)|ask yourself|over to you|"
    r"for your (?:team|next)|to think about|discussion|reflect\w*)\b"
)


def story_rank(heading: str) -> int:
    """Place of a heading among those of a story, 0 for the surest; `NO_STORY` for none.

    >>> story_rank("What happened"), story_rank("Learning") == NO_STORY
    (0, True)
    """
    if _TELLS_NOT.search(heading):
        return NO_STORY
    ranks = (at for at, pattern in enumerate(_TELLS) if pattern.search(heading))
    return next(ranks, NO_STORY)


def tells_learning(heading: str) -> bool:
    """Whether a report tells there what it learnt.

    >>> tells_learning("Learning points"), tells_learning("Case findings")
    (True, False)
    """
    return bool(_LEARNING.search(heading)) and "case finding" not in heading.casefold()


def tells_what_is_asked(heading: str) -> bool:
    """Whether a report makes its recommendations there; the innermost heading may say not.

    >>> tells_what_is_asked("Recommendations"), tells_what_is_asked("Next steps > Learning")
    (True, False)
    """
    last = heading.rpartition(" > ")[2]
    is_learning = bool(_LEARNING.search(last)) and not _ASKS.search(last)
    return bool(_ASKS.search(heading)) and not is_learning and not tells_what_changed(heading)


def tells_what_changed(heading: str) -> bool:
    """Whether a report tells there what was done since; the innermost heading decides.

    >>> tells_what_changed("What we ask > What has changed"), tells_what_changed("What must change")
    (True, False)
    """
    return bool(_CHANGED.search(heading.rpartition(" > ")[2]))


def asks_readers(heading: str) -> bool:
    """Whether a report puts questions to its readers there.

    >>> asks_readers("Talk about this in your team")
    True
    """
    return bool(_QUESTIONS.search(heading))


def tells_outcome(heading: str) -> bool:
    """Whether an inspection states its outcome there.

    >>> tells_outcome("Headline findings"), tells_outcome("Main findings")
    (True, False)
    """
    return bool(_OUTCOME.search(heading))


def tells_what_to_improve(heading: str) -> bool:
    """Whether an inspection lists there what must improve.

    >>> tells_what_to_improve("What needs to improve?"), tells_what_to_improve("Key strengths")
    (True, False)
    """
    return bool(_IMPROVE.search(heading.rpartition(" > ")[2]))
