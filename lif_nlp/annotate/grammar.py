"""Grammar without a parser: the subject of a verb, and requests that open a unit.

No trained parser for English comes with the package's offline installation, so word lists
have to do.  The subject of a verb is taken to be the head of the nearest noun phrase to its
left.  English puts the head of a compound last, so the first known noun met when walking
left is the head ("the family support service failed": service).  A noun after a
preposition belongs to another phrase and counts only if there is no other ("the referrals
from the mother failed": referrals).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lif_nlp.text.word_lists import words

SERVICE, OTHER, THING, PERSON, NOBODY = "service", "other", "thing", "person", "nobody"
"""Classes of actors: a service or its staff, a family or other person, a thing, "he", "they"."""

_CLASS_OF_LIST = (
    ("families_and_others", OTHER),
    ("things", THING),
    ("services_and_staff", SERVICE),
    ("professional_work", SERVICE),
)
# Tokens that a subject cannot lie beyond; "_" is how a line break is folded.
_CLAUSE_ENDS = frozenset([";", ":", "•", "(", "_", ".", "?", "!"])
_PREPOSITIONS = words("prepositions")
_COORDINATORS = frozenset(["and", "but", "or", "then", "yet"])

_REACH = 40
"""Tokens to the left of a verb in which its subject is looked for.

Longer than nearly all sentences; it bounds the work on lists that lack full stops.
Chosen by judgement; not tuned.
"""

_MAX_PHRASE = 6
"""Tokens that a noun phrase may extend to the left of its head; chosen by judgement."""


class Noun(NamedTuple):
    """A known noun: its token (-1: none), its class, and whether it depends on a preposition."""

    at: int
    actor_class: str
    dependent: bool


# Reviews name people by codes: "SW4" works in social care, "AG1" is the child.
_CODE = re.compile(rf"({'|'.join((*words('staff_codes'), *words('family_codes')))})\d+")


@lru_cache(maxsize=1 << 15)
def actor_class(word: str) -> str:
    """The class of a noun or pronoun, or "" for any other word.

    >>> actor_class("midwives"), actor_class("paramour"), actor_class("alarm")
    ('service', 'other', 'thing')
    >>> actor_class("sw4"), actor_class("sib2"), actor_class("yesterday")
    ('service', 'other', '')
    """
    base = word.removesuffix("'s").removesuffix("'")
    code = _CODE.fullmatch(base)
    if code:
        return SERVICE if code[1] in words("staff_codes") else OTHER
    if base in words("he_or_she"):
        return PERSON
    if base in words("they_or_it"):
        return NOBODY
    return next((cls for name, cls in _CLASS_OF_LIST if base in words(name)), "")


def class_of_subject(tokens: Sequence[str], verb: int, *, capitals: Sequence[bool] = ()) -> str:
    """The class of the subject of a verb.

    Parameters
    ----------
    tokens
        Tokens of the unit, in lower case.
    verb
        Index of the verb's first token.
    capitals
        For each token, whether it is written with a capital: an unknown name counts as a
        member of the family.  Without it, names are not recognised.

    >>> class_of_subject("the nurse rang the mother and failed to record it".split(), 6)
    'service'
    >>> class_of_subject("the mother of the two boys failed to call the gp".split(), 6)
    'other'
    """
    return subject_of(tokens, verb, capitals=capitals).actor_class


def subject_of(tokens: Sequence[str], verb: int, *, capitals: Sequence[bool] = ()) -> Noun:
    """The noun that is the subject of a verb, as for `class_of_subject`.

    >>> subject_of("the nurse rang the mother and failed to record it".split(), 6).at
    1
    """
    nouns = _with_coordination(tokens, list(_nouns_leftwards(tokens, verb, capitals)))
    heads = [noun for noun in nouns if not noun.dependent]
    if not heads:
        return nouns[0] if nouns else Noun(-1, NOBODY, dependent=False)
    if verb and tokens[verb - 1] in _COORDINATORS:
        # "the nurse rang the mother and failed": the subject is the first head.
        return heads[-1]
    if tokens[nouns[0].at] == "they":
        antecedents = (n for n in nouns[1:] if not n.dependent and _can_be_they(tokens[n.at]))
        heads = [Noun(nouns[0].at, NOBODY, dependent=False), *antecedents]
    if heads[0].actor_class in (PERSON, NOBODY):
        return next((n for n in heads[1:] if n.actor_class in (SERVICE, OTHER)), heads[0])
    return heads[0]


def _can_be_they(noun: str) -> bool:
    """Whether "they" can refer to this noun: a plural, or a body of people."""
    is_group = noun in ("children", "people", "family")
    return noun.endswith("s") or actor_class(noun) == SERVICE or is_group


def _with_coordination(tokens: Sequence[str], nouns: list[Noun]) -> list[Noun]:
    """The nouns; one joined by "and" to a dependent one is dependent too."""
    result: list[Noun] = []
    for noun in reversed(nouns):
        begin = _phrase_start(tokens, noun.at)
        before = tokens[begin - 1] if begin else ""
        joins_dependent = before in _COORDINATORS and bool(result) and result[-1].dependent
        result.append(noun._replace(dependent=noun.dependent or joins_dependent))
    return result[::-1]


def _nouns_leftwards(tokens: Sequence[str], verb: int, capitals: Sequence[bool]) -> Iterator[Noun]:
    """Known nouns to the left of the verb, nearest first."""
    at = verb - 1
    while at >= 0 and verb - at <= _REACH and tokens[at] not in _CLAUSE_ENDS:
        cls = actor_class(tokens[at]) or _class_of_name(tokens, at, capitals)
        if cls and not _is_possessor(tokens, at):
            begin = _phrase_start(tokens, at)
            yield Noun(at, cls, _follows_preposition(tokens, begin))
            at = begin
        at -= 1


def _follows_preposition(tokens: Sequence[str], begin: int) -> bool:
    if begin > 1 and tokens[begin - 1] in ("that", "which", "whom"):
        # "by that hospital", "of which children"
        begin -= 1
    return begin > 0 and tokens[begin - 1] in _PREPOSITIONS


def _is_possessor(tokens: Sequence[str], at: int) -> bool:
    """Whether the noun only owns the next one ("the mother's worker", "his plan")."""
    if tokens[at] in ("his", "her") or tokens[at].endswith(("'s", "s'")):
        return True
    return at + 1 < len(tokens) and tokens[at + 1] in ("'s", "'")


def _phrase_start(tokens: Sequence[str], at: int) -> int:
    """Index of the first token of the noun phrase that ends at `at`."""
    begin = at
    while begin > 0 and at - begin < _MAX_PHRASE and _can_be_inside(tokens[begin - 1]):
        begin -= 1
        if begin < at and list(tokens[begin - 1 : begin + 1]) == ["in", "need"]:
            # "a child in need meeting" is a meeting
            begin -= 1
    return begin


def _can_be_inside(word: str) -> bool:
    """Whether a noun phrase can go on to the left over this word."""
    if word in _PREPOSITIONS or word in _COORDINATORS or word in _CLAUSE_ENDS or word == ",":
        return False
    return word not in words("phrase_boundaries") and not word.endswith("ing")


def _class_of_name(tokens: Sequence[str], at: int, capitals: Sequence[bool]) -> str:
    """A capital inside a sentence marks a name; after a title it is a professional's."""
    if at == 0 or not tokens[at].isalpha():
        return ""
    title = tokens[at - 1].rstrip(".")
    is_letter = len(tokens[at]) == 1 and title in ("child", "baby", "adult")
    if is_letter or title in ("mr", "mrs", "ms", "miss"):
        # "Ms A"; but "Mrs D, the learning mentor" works in a service
        in_apposition = tokens[at + 1 : at + 6] if tokens[at + 1 : at + 2] == [","] else ()
        return SERVICE if any(actor_class(word) == SERVICE for word in in_apposition) else OTHER
    if not capitals or not capitals[at]:
        return ""
    if title in words("titles"):
        return SERVICE
    return "" if tokens[at] in words("months") else OTHER


# ------------------------------------------------------------------ imperatives

# "Review of", "Support is": the first word is a noun there.
_NOT_AFTER_IMPERATIVE = frozenset(
    ["of", "for", "from", "to", "in", "by", "is", "was", "are", "were", "and", "has", "have", ","]
)
_OPENING = 8
"""Tokens in which an imperative may come, after a number, a bullet or a label."""


def opens_with_imperative(tokens: Sequence[str]) -> bool:
    """Whether the tokens open with a request, after a label or bullet.

    >>> opens_with_imperative("3 . review the form".split())
    True
    >>> opens_with_imperative("review of the form".split())
    False
    """
    places = [at for at, word in enumerate(tokens[:_OPENING]) if word.isalpha() and len(word) > 1]
    if len(places) < 2:
        return False
    verb, following = tokens[places[0]], tokens[places[1]]
    if verb not in words("imperatives"):
        return False
    if places[0] and tokens[places[0] - 1] in ("a", "i"):
        return False
    if following.endswith("s") and verb in words("imperatives_also_nouns"):
        # "Review reports are ..." names things; "Review the reports" asks.
        return False
    return following not in _NOT_AFTER_IMPERATIVE
