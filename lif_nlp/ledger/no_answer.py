"""Sentences of a response that give no answer, however much they look like one."""

from __future__ import annotations

import re

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.status import read_by_rules
from lif_nlp.text.number_words import ORDINALS

_NO_POSITION = re.compile(
    r"\b(?:cannot|can not|not able to|do not) (?:speak|answer|comment|respond) (?:for|on"
    r"|to)\b|\bnot (?:for us|ours) to (?:say|answer)\b"
    r"|\b(?:is|are) (?:to write|sending (?:its|their|an?) (?:own )?(?:letter|reply|response))\b"
    r"|\b(?:separate|own) (?:letter|reply|response|answer)s?\b"
    r"|\b(?:write|reply|respond|answer) separately|^signed (?:by|on behalf|for)\b|^yours\b"
    r"|\b(?:will|is to|are to) (?:respond|reply|answer)\b"
    r"(?=\W*$| (?:separately|directly|itself|to (?:you|this|the (?:report|board|partnership))"
    r"|in (?:due course|writing|its|their)|for (?:itself|themselves))\b)"
    r"|\bin (?:its|their) own (?:right|name)\b"
    r"|\b(?:falls|belongs|is addressed|is directed|was addressed) to (?!us\b|this\b|our\b)"
    r"|\bfor others to answer\b|\bnothing (?:further |more )?to (?:say (?:on|about)|add)\b"
    r"|\b(?:accept|agree|recognise)s? that (?![^.;]*\b(?:must|should|needs?|ought|ha(?:s|ve) to"
    r"|recommend\w*)\b)",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:and|so)(?: (?:we|it|they))? (?:has|have|will|shall)\b", re.I)
"""Where a body that accepts what went wrong goes on to say what it did or will do."""

_TELLS_OF_ANSWERS = re.compile(
    r"^\W*(?:this|the(?:se)?|our|we) (?:\w+ )?(?:pages?|tables?|documents?|papers?|letters?|report"
    r"|statements?|responses?|sections?|annex|appendix|notes?|columns?|minutes?)?(?: below| above)?"
    r" ?(?:says?|gives?|sets? out|shows?|lists?|explains?|summaris\w+|describes?|contains?|records?"
    r"|address\w*|deals? with|answers?|covers?|is|are) [^.]*\b(?:recommendations?|concerns?|matters"
    r"|proposals?|points)\b(?![^.]*\b(?:accept|agree|reject|not|decline|adopt|support)\w* (?:all"
    r"|the"
    r"|each|every|these|them|this|in)\b)"
    r"|\b(?:considered|discussed|went through|looked at|took) (?:each|all|every|the)\b[^.]*"
    r"\b(?:recommendations?|concerns?|proposals?|points)\b(?: in turn| one by one)?\W*$"
    r"|\b(?:is|are) (?:set out |given |listed )?(?:below|as follows|in the table)\W*$",
    re.IGNORECASE,
)
"""A sentence that says where answers stand, and gives none."""

_SAYS_WHICH = re.compile(r"\b(?:is|was) that\b|\b(?:is|are) clear\b", re.IGNORECASE)
"""Words by which such a sentence goes on to give the answer itself."""

_TELLS_WHAT_WAS_ASKED = re.compile(
    r"^\W*(?:you|the (?:review|report|reviewers?|coroner|panel|inquiry)|it|your (?:report|letter"
    r"|review)|(?:the |this |your )?(?:recommendation|concern|proposal)|(?:recommendation|concern"
    r"|r)"
    rf" ?\w+|the (?:{'|'.join(ORDINALS)})(?: recommendation| of (?:these"
    rf"|them))?)\s(?:\w+ )?(?:asked?"
    r"|asks|wanted|wants|recommend(?:s|ed)|raised?|raises|proposed?|proposes|calls? for|called for"
    r"|suggest(?:s|ed)|seeks)\b",
    re.IGNORECASE,
)
"""A sentence that repeats what was asked; the next one answers it."""

_COURTESY = re.compile(
    r"^\W*(?:thank you|thanks|dear|yours|i (?:am writing|write|hope"
    r"|would (?:first )?like to (?:offer"
    r"|express|extend|thank))|we (?:are grateful|thank|wish to (?:thank|offer|express)"
    r"|would like to"
    r" (?:thank|offer|express)|extend|offer our)|our (?:thoughts|condolences|sympath\w+)|on behalf"
    r" of|kind regards|sorry for|apologies)\b",
    re.IGNORECASE,
)
"""How letters begin and end."""


def takes_no_position(unit: str, language: StatusLanguage) -> bool:
    """Whether a sentence answers nothing, neither by what it begins with nor by what it adds."""
    match = _NO_POSITION.search(unit)
    if match is None:
        return False
    goes_on = match.group().endswith("that ") and _GOES_ON.search(unit, match.end())
    return not (goes_on or read_by_rules(_NO_POSITION.sub(" ", unit), language).position)


def tells_what_was_asked(sentence: str) -> bool:
    """Whether a sentence repeats what was asked, so that the next one answers it.

    >>> tells_what_was_asked("You asked us to look at the form.")
    True
    """
    return _TELLS_WHAT_WAS_ASKED.match(sentence) is not None


def tells_of_answers(sentence: str) -> bool:
    """Whether a sentence says where answers stand, or what was talked over.

    >>> tells_of_answers("The table gives each recommendation and what was decided.")
    True
    >>> tells_of_answers("Our response is that we do not accept the recommendation.")
    False
    """
    return bool(_TELLS_OF_ANSWERS.search(sentence)) and not _SAYS_WHICH.search(sentence)


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence is one with which letters begin or end.

    >>> is_courtesy("Thank you for sharing the review.")
    True
    """
    return _COURTESY.match(sentence) is not None
