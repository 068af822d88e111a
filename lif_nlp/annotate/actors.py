"""Which of the agencies named in a sentence act, judged by the words next to the name.

Without a parser, an agency is taken to act if a verb follows its name and no preposition
precedes it, or if "by" does.  "The GP was not told by the ward": the ward acts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lif_nlp.text.phrase_matching import PhraseMatch


def _one_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


# A name after one of these is an object: "told the GP", "with the school".
_GOVERNORS = _one_of(
    r"to from with of for in into at on via through between among against about within without"
    r" towards? including like contact(?:ed|ing)? inform(?:ed|ing)? told telling alerted notified"
    r" rang phoned called asked advised referred consult(?:ed|ing)? involv(?:ed|ing)"
)
_DETERMINERS = _one_of(
    r"the a an any all both local her his their its other another adult new named key allocated"
    r" duty same family['’]s child['’]s mother['’]s [A-Z]\w+"
)
# The name may be a modifier: "the police officer decided".
_HEAD_NOUNS = _one_of(
    r"services? teams? staff officers? workers? practitioners? professionals? managers? partners?"
    r" department agency agencies trust practice nurses? colleagues leaders leads?"
    r" representatives? unit and , in across [A-Z]\w+"
)
_ADVERBS = _one_of(r"\w+ly also often always never then both who not")
_VERBS = _one_of(
    r"is are was were has have had do does did will would could should must may might can cannot"
    r" need(?:s|ed)? ought \w{3,}ed ma[kd]es? took takes? g[ai]ves? held holds? saw sees? knew"
    r" knows? met sent found left led leads? wrote heard felt thought spoke sought kept began"
    r" became came went told put ran set shares? works? offers? provides? uses? understands?"
    r" understood lacks? remains? responds? records? reviews? identif(?:y|ies) recogni[sz]es?"
    r" visits? refers? attends? contributes? ensures? assess(?:es)? plans? completes? receives?"
)
_BE = _one_of(r"is are was were being be been had\sbeen has\sbeen have\sbeen")
# "the school was not told": the subject of these passives does not act.
_PASSIVE_VERBS = _one_of(
    r"told informed invited given asked sent notified contacted consulted involved alerted advised"
    r" aware unaware (?:\w+\s+){1,4}?by\s"
)
_LEAD = rf"(?:\s+{_DETERMINERS})*\s*$"
_GOVERNED = re.compile(r"\b" + _GOVERNORS + _LEAD)
_BY = re.compile(r"\bby" + _LEAD)
_START = rf"^(?:['’]s?\b)?(?:\s+{_HEAD_NOUNS}){{0,4}}?"
_ACTS = re.compile(rf"{_START}\s+(?:{_ADVERBS}\s+)*{_VERBS}\b")
_PASSIVE = re.compile(rf"{_START}\s+{_BE}\s+(?:{_ADVERBS}\s+)*{_PASSIVE_VERBS}")
# "the school's response was prompt": what the agency owns has a verb of its own.
_OWNS = re.compile(rf"^(?:\s+\w+){{1,3}}\s+{_VERBS}\b")
# "police and social care decided": one verb for both
_TOGETHER = re.compile(r"^\s*(?:,|and|or|,\s*and|&|/|as well as)\s*(?:the\s+|local\s+)*$")


def acting_matches(mentions: Sequence[PhraseMatch[str]], sentence: str) -> list[PhraseMatch[str]]:
    """The mentions of agencies that act; in "police and social care decided" both do."""
    actors = [mention for mention in mentions if _acts(mention, sentence)]
    # From right to left: "A, B and C decided" hands the verb of C on to B, and then to A.
    for mention in reversed(mentions):
        next_actor = next((actor for actor in actors if actor.start > mention.start), None)
        if mention in actors or next_actor is None or _is_governed(mention, sentence):
            continue
        if _TOGETHER.match(sentence[mention.end : next_actor.start]):
            actors.insert(0, mention)
    return actors


def _acts(mention: PhraseMatch[str], sentence: str) -> bool:
    before, after = sentence[: mention.start], sentence[mention.end :]
    # Asked first, since "by the ward" also has a preposition before the name.
    if _BY.search(before):
        return True
    if _is_governed(mention, sentence) or _PASSIVE.match(after):
        return False
    if sentence[mention.start : mention.end].endswith(("'s", "’s", "s'", "s’")):
        return bool(_OWNS.match(after))  # "the school's response was prompt"
    return bool(_ACTS.match(after))


def _is_governed(mention: PhraseMatch[str], sentence: str) -> bool:
    """Whether a preposition or verb before the name makes it an object."""
    return bool(_GOVERNED.search(sentence[: mention.start]))
