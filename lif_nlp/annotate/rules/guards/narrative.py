"""Guards for the wording of narrative reviews: whose step was imagined, and whose fault it was."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammar import OTHER, PERSON, SERVICE, actor_class
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    guard,
    is_about_an_accident,
    matches,
    mentions_service,
    spaced_text,
    subject_class,
    unit_words,
)
from lif_nlp.annotate.rules.guards.outcome import HARM
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

_MODALS = frozenset(["would", "could", "might", "may"])


def _modal_of_match(candidate: Candidate) -> int:
    """Index of the modal verb of "would have" in the unit, or of the first matched word."""
    tokens = candidate.unit.words
    return next(
        (at for at in range(candidate.last - 1, candidate.first, -1) if tokens[at] in _MODALS),
        candidate.first,
    )


# "a letter would have gone out", "would have been able to": what went on as usual
_AS_USUAL = token_pattern(
    "would have (?:gone|been (?:able|aware|sent|based|due|born|there|aged|known|living|using))",
    "would have (?:{adverbs} )?(?:known|received|lived|attended|had access)",
)


@guard
def is_imagined_step(candidate: Candidate) -> bool:
    """A step or a worker that only the review imagines ("a call would have told them")."""
    modal = _modal_of_match(candidate)
    before_modal = candidate.unit.words[modal - 1]
    if {"whether", "there"} & set(candidate.unit.words[candidate.first : modal]):
        return False
    if before_modal == "they" or actor_class(before_modal) in (OTHER, PERSON):
        return False  # "a visit that she would have missed"
    return not matches(_AS_USUAL, spaced_text(candidate))


@guard
def not_not_have(candidate: Candidate) -> bool:
    """Not "a visit would not have changed this", which the aware rules handle."""
    modal = _modal_of_match(candidate)
    return not {"not", "never"} & set(candidate.unit.words[modal : candidate.last])


# "she said she would have left", "he told the court that"
_OWN_WORDS = re.compile(
    r" (?:[\w.']+ )?([\w.'-]+) (?:has |have |had |also |later )?"
    r"(?:said|says|told|tells|wrote|explained|recalled|claimed|claims|felt|thought) "
)


def _is_told_by_family(candidate: Candidate) -> bool:
    """Whether a relative's words are reported before the match."""
    own_words = _OWN_WORDS.search(candidate.before())
    return own_words is not None and actor_class(own_words.group(1)) in (OTHER, PERSON)


@guard
def not_a_family_word(candidate: Candidate) -> bool:
    """Not what a relative says of their own acts ("she said she would have left if housed")."""
    return not (
        _is_told_by_family(candidate)
        and not mentions_service(candidate)
        and subject_class(candidate) in (OTHER, PERSON)
    )


# "no child for whom court should have been considered"
_DENIED_CASE = re.compile(
    r" (?:no|not any|few|neither|without) (?:[\w-]+ ){1,3}(?:for whom|for which|in which|where|"
    r"whose|that|who|which) (?:[\w-]+ ){0,4}$"
)


@guard
def not_a_denied_case(candidate: Candidate) -> bool:
    """Not a case that is denied ("no child for whom court should have been considered")."""
    return not _DENIED_CASE.search(candidate.before(10))


@guard
def not_said_by_family(candidate: Candidate) -> bool:
    """Not reported from a relative, whose view from the time is not that of practice."""
    return not _is_told_by_family(candidate) or mentions_service(candidate)


@guard
def not_said_of_family(candidate: Candidate) -> bool:
    """The one at fault is not a parent, a child or another person."""
    if unit_words(candidate) & (words("road_and_machines") | words("legal_charges")):
        return False
    subject = subject_class(candidate)
    agents = re.findall(
        r" (?:by|with) (?:the |his |her |a )?(?:\w+ )?([\w'-]+)", candidate.after(7)
    )
    if any(actor_class(word) == OTHER for word in agents) and subject != SERVICE:
        return False
    return subject not in (OTHER, PERSON) or _is_passive(candidate) or _is_of_this(candidate)


def _is_of_this(candidate: Candidate) -> bool:
    """Whether "this" or "it" is the subject ("and this was simply careless")."""
    return bool(re.search(r" (?:this|it|that|and|:|;|,) $", candidate.before(1)))


_WAS_DONE = re.compile(r"(?:was|were|been|being|is|are|went|gone|left|passed|let|pushed|shunted) ")


def _is_passive(candidate: Candidate) -> bool:
    """Whether the subject suffered the fault ("she was fobbed off")."""
    is_passive = bool(_WAS_DONE.match(spaced_text(candidate).lstrip()))
    return is_passive and not {"naive", "content", "complacent", "gullible"} & unit_words(candidate)


_BE = frozenset(["was", "were", "is", "are", "been", "seemed", "proved", "became"])
# "not naive", "no complacency", "no criticism", "not hard to understand why"
_CLEARED = token_pattern(
    r"(?:not|no|never|nor|neither|without|hardly|avoid|avoids|avoiding|against|rather than|"
    r"intolerance|intolerant|"
    r"risk of|danger of|prevent)(?: \w+){0,2}"
)


@guard
def not_clearing(candidate: Candidate) -> bool:
    """Soft blame is not denied ("the practitioners were not naive")."""
    first, *others = candidate.text.split()
    if first in _BE and {"not", "never", "hardly"} & set(others[:3]):
        return False
    if first in ("not", "no", "nobody", "none", "neither", "little", "nothing"):
        return True
    before = " ".join(candidate.before(4).split()[-3:])
    return not matches(_CLEARED, f" {before} ")


_PRESENT_RULE = token_pattern("(?:is|are|will|must|should|can|policy|guidance|standard|always)")


@guard
def is_past_call_for_a_step(candidate: Candidate) -> bool:
    """In the past, something called for a step of work, not for a prize or a rest."""
    if is_about_an_accident(candidate):
        return False
    context = set((candidate.text + candidate.after(5)).split())
    is_step = context & words("steps") or any(
        actor_class(word) == SERVICE for word in (candidate.text + candidate.after(3)).split()
    )
    before = candidate.before(8)
    if before.endswith((" that ", " which ")):
        return False
    return bool(is_step) and not matches(_PRESENT_RULE, " ".join(["", *before.split()[-2:], ""]))


@guard
def is_open_to_professionals(candidate: Candidate) -> bool:
    """A step was open to a service, not an appeal to the mother or a park to the public."""
    nouns = [cls for word in candidate.after(4).split() if (cls := actor_class(word))]
    if candidate.text.startswith("it ") and nouns[:1] == [OTHER]:
        return "people" in candidate.after(4).split()
    if " public " in candidate.after(3) or subject_class(candidate) == OTHER:
        return not candidate.text.startswith("it ") and "have" in candidate.text.split()
    return True


# What followed was harm: also "what followed", "what came after", which name it without a word.
_UNNAMED_HARM = token_pattern(
    "what (?:followed|happened|came|was to come)",
    "one (?:way|direction)",
    "too late",
    "first \\w+",
    "(?:road|path|way|line) (?:to|for)",
    "motion what",
    "for what",
    "costing",
    "everything",
    "dead",
    "(?:fatal|last|final|tragically|fatally)",
)
# "set the stage for a good plan", "the last word", "proved the last straw"
_GOOD = token_pattern("(?:good|better|recovery|success|progress|improvement|party|play|concert)")


@guard
def ending_is_harm(candidate: Candidate) -> bool:
    """What the earlier fact led to was harm, not progress or a stage play."""
    context = spaced_text(candidate) + candidate.after(8)
    if matches(_GOOD, context) or is_about_an_accident(candidate):
        return False
    if candidate.text.startswith(("tragically", "fatally")):
        return mentions_service(candidate) or " late " in candidate.after(12)
    return matches(HARM, context) or matches(_UNNAMED_HARM, context)


_JUDGES = token_pattern(
    r"(?:is|was|were|are|had|has|could|should|ought|would|existed|required|needed|knew|known|said|"
    r"ignored|failed|alter|in|to|finds?|too|still|remains?|concludes?|considers?|believes?)"
)


@guard
def judges_all_the_same(candidate: Candidate) -> bool:
    """A judgement follows or precedes the denial of hindsight."""
    if candidate.after(2).startswith(" :"):
        return True  # "this is not said with hindsight: the strategy names it"
    return matches(_JUDGES, candidate.after()) or matches(_JUDGES, candidate.before())
