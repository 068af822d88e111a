"""Who a verb speaks of: a service, somebody else, a thing, or nobody known.

Without a parser, the head of the nearest noun phrase to the left of the verb is
taken; English puts the head of a compound last, so the first known noun met when
walking left is it ("the family support service failed": service).  A noun behind a
preposition is a part of another phrase and counts only if nothing else is found
("the referrals from the mother failed": referrals).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lif_nlp.text.word_lists import words

SERVICE, OTHER, THING, PERSON, NOBODY = "service", "other", "thing", "person", "nobody"

_ENDS = frozenset([";", ":", "•", "(", "_", ".", "?", "!"])
_PREPOSITIONS = frozenset(
    [
        "of",
        "from",
        "by",
        "to",
        "with",
        "for",
        "in",
        "at",
        "about",
        "on",
        "against",
        "towards",
        "regarding",
        "concerning",
        "around",
        "than",
        "as",
        "between",
        "among",
        "amongst",
        "into",
        "over",
        "under",
        "within",
        "through",
    ]
)
_COORDINATORS = frozenset(["and", "but", "or", "then", "yet"])
_REACH = 40


@lru_cache(maxsize=1 << 15)
def side(word: str) -> str:
    """The side on which a noun or pronoun stands, or "" for any other word.

    >>> side("midwives"), side("paramour"), side("alarm"), side("yesterday")
    ('service', 'other', 'thing', '')
    """
    bare = word.removesuffix("'s").removesuffix("'")
    if bare in words("persons"):
        return PERSON
    if bare in words("pronouns"):
        return NOBODY
    for name, kind in (
        ("other", OTHER),
        ("things", THING),
        ("service", SERVICE),
        ("work", SERVICE),
    ):
        if bare in words(name):
            return kind
    return ""


def subject(tokens: Sequence[str], verb: int, *, capitals: Sequence[bool] = ()) -> str:
    """The side of the subject of the verb that begins at token `verb`.

    `capitals` says which tokens are written with a capital; an unknown name counts
    as a person of the family.

    >>> subject("the nurse rang the mother and failed to record it".split(), 6)
    'service'
    >>> subject("the mother of the two boys failed to call the gp".split(), 6)
    'other'
    """
    found = _settle(tokens, list(_nouns_leftwards(tokens, verb, capitals)))
    heads = [kind for _, kind, dependent in found if not dependent]
    if not heads:
        return found[0][1] if found else NOBODY
    if verb and tokens[verb - 1] in _COORDINATORS:
        # "the nurse rang the mother and failed": the subject is the first head.
        return heads[-1]
    if tokens[found[0][0]] == "they":
        heads = [NOBODY, *(k for at, k, behind in found[1:] if not behind and _several(tokens[at]))]
    if heads[0] in (PERSON, NOBODY):
        return next((kind for kind in heads[1:] if kind in (SERVICE, OTHER)), heads[0])
    return heads[0]


def _several(noun: str) -> bool:
    """Whether "they" can stand for this noun: a plural, or a body of people."""
    return noun.endswith("s") or side(noun) == SERVICE or noun in ("children", "people", "family")


def _settle(
    tokens: Sequence[str], found: list[tuple[int, str, bool]]
) -> list[tuple[int, str, bool]]:
    """A noun joined by "and" to one behind a preposition stands behind it too."""
    settled: list[tuple[int, str, bool]] = []
    for at, kind, dependent in reversed(found):
        before = tokens[_phrase_start(tokens, at) - 1] if _phrase_start(tokens, at) else ""
        joined = before in _COORDINATORS and bool(settled) and settled[-1][2]
        settled.append((at, kind, dependent or joined))
    return settled[::-1]


def _nouns_leftwards(
    tokens: Sequence[str], verb: int, capitals: Sequence[bool]
) -> Iterator[tuple[int, str, bool]]:
    """Known nouns left of the verb, nearest first: place, side, behind a preposition."""
    at = verb - 1
    while at >= 0 and verb - at <= _REACH and tokens[at] not in _ENDS:
        kind = side(tokens[at]) or _name(tokens, at, capitals)
        if kind and not _is_possessor(tokens, at):
            begin = _phrase_start(tokens, at)
            yield at, kind, _behind_preposition(tokens, begin)
            at = begin
        at -= 1


def _behind_preposition(tokens: Sequence[str], begin: int) -> bool:
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
    """Where the noun phrase that ends at `at` begins, by articles and small words."""
    begin = at
    while begin > 0 and at - begin < 6 and _inside(tokens[begin - 1]):
        begin -= 1
        if begin < at and list(tokens[begin - 1 : begin + 1]) == ["in", "need"]:
            # "a child in need meeting" is a meeting
            begin -= 1
    return begin


def _inside(word: str) -> bool:
    if word in _PREPOSITIONS or word in _COORDINATORS or word in _ENDS or word == ",":
        return False
    return word not in words("clause_words") and not word.endswith("ing")


def _name(tokens: Sequence[str], at: int, capitals: Sequence[bool]) -> str:
    """A capital inside a sentence is a name: of a professional behind a title."""
    if not capitals or not capitals[at] or at == 0 or not tokens[at].isalpha():
        return ""
    if tokens[at - 1].rstrip(".") in words("titles"):
        return SERVICE
    return "" if tokens[at] in words("months") else OTHER
