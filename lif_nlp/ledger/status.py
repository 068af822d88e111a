"""Reads position, progress and effect in a sentence: the framework's rules, and models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lif_nlp.framework.status import StatusLanguage

CASE = "case"
"""Why a sentence gave nothing: it tells of the family or the child, not of what followed."""


@dataclass(frozen=True, slots=True)
class StatusReading:
    """What a sentence says, field by field, and by which rule; an empty string where nothing.

    `held` says why nothing was read at all, `by_rule` the position that the rules read, `own`
    what rules of a partnership's own gave, `certainty` the probability (0..1) of the position.
    """

    position: str = ""
    progress: str = ""
    effect: str = ""
    rules: tuple[str, ...] = ()
    held: str = ""
    by_rule: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    certainty: float = 1.0


def plain(text: str) -> str:
    """Text as the rules see it: one kind of apostrophe, and single spaces.

    >>> plain("Children's  Services")
    'Children’s Services'
    """
    return " ".join(text.replace("'", "’").split())


def read_status(text: str, language: StatusLanguage, expected: str = "") -> StatusReading:
    """Position, progress and effect of one sentence, by the models if the language has them.

    `expected` is the field that the place makes likely, such as "effect" in an audit: models
    then read it where they would else be in doubt.

    >>> from lif_nlp.framework.status import load_status_language
    >>> read_status("Accepted in part.", load_status_language()).position
    'part'
    """
    if language.trained is None:
        return read_by_rules(text, language)
    reading: StatusReading = language.trained.read(text, language, expected)
    return reading


def read_by_rules(text: str, language: StatusLanguage) -> StatusReading:
    """Position, progress and effect of one sentence, by the rules alone.

    A sentence whose subject is the child, a relative or a carer gives nothing, unless it
    names a recommendation or an action: "Mother did not accept help" is no refusal.

    >>> from lif_nlp.framework.status import load_status_language
    >>> read_by_rules("Mother did not accept help.", load_status_language()).held
    'case'
    """
    sentence = plain(text)
    if is_of_the_case(sentence, language):
        return StatusReading(held=CASE)
    values: dict[str, str] = {}
    own: dict[str, str] = {}
    names = []
    for rule in language.matching(sentence):
        # The rules come in order, and of each field the first one counts.
        if rule.field not in values:
            values[rule.field] = rule.value
            names.append(rule.name)
            if rule.own:
                own[rule.field] = rule.value
    stated = values.get("position", "")
    return StatusReading(
        position=stated,
        progress=values.get("progress", ""),
        effect=values.get("effect", ""),
        rules=tuple(names),
        by_rule=stated,
        own=own,
    )


def is_of_the_case(text: str, language: StatusLanguage) -> bool:
    """Whether a sentence tells of the case itself."""
    if not any(pattern.search(text) for pattern in language.case):
        return False
    return not any(pattern.search(text) for pattern in language.lifted_by)
