"""How many things a sentence lists around a phrase.

A harm that is one of many items in a list is a mention and no evidence; the annotation
guidelines draw the line at three items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘“\"(0-9])|\n+|\s*[•●▪]\s*|;\s+")
_SEPARATOR = re.compile(
    r"\s*(?:;|,|/)\s*(?:(?:and/or|and|or|as well as)\b\s*)?|\s+(?:and/or|and|or|as well as|&)\s+"
)
# Fixed pairs that name one thing, although joined by "and" or a slash; without them
# "children and families" would count as two items of a list.
_PAIRS = (
    r"(?:children|child|families|family|parents|staff|partners|services|help|support)(?:['’]s?)?"
    r" (?:and|or) (?:their |the |other )?(?:young people|families|family|carers|protection|managers"
    r"|agencies|children|care|support|partners)",
    r"brothers (?:and|or) sisters",
    r"(?:drugs?|alcohol)(?: and/or | and | or |/)(?:drugs?|alcohol)",
    r"substance misuse and alcohol misuse",
    r"missing from (?:home|care|school|education)"
    r"(?:(?:, | and | or )+(?:home|care|school|education))+",
    r"home (?:and|or) (?:in )?care",
    r"(?:his|her) or (?:his|her)",
    r"(?:mental|emotional) (?:and|or) (?:mental|emotional)",
    r"gangs? and county lines",
    r"missing or (?:run|running|ran) away",
    r"radicali[sz]ation and extremism|extremism and radicali[sz]ation",
    r"(?:local authority|council|board) and (?:its )?partners",
    r"support and prevention",
    r"abuse and conflict",
)
_ONE_THING = re.compile("|".join(rf"\b(?:{pair})\b" for pair in _PAIRS), re.IGNORECASE)
# After one of these, what follows is part of the item and does not start a list.
_HEAD = re.compile(
    r"\b(?:of|about|on|for|with|in|as|from|to|between|around|at risk|including|particularly"
    r"|especially|e\.g\.|namely|by|due|within|against)\b"
)
# A finite verb or a connective makes a stretch a clause, which is not a list item.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|being|will|would|should|can|could|may|must|does|did|do"
    r"|which|who|that|this|it|they|he|she|we|because|when|if|so|but|not|to|there|how|where)\b",
    re.IGNORECASE,
)
# "for example" between commas is no item.
_ASIDE = re.compile(r"^(?:in particular|for example|however|therefore|too|also|respectively)$")
_ATTACHED = re.compile(
    r"^(?:particularly|especially|including|such as|for example|e\.g\.|namely|at risk|in|of|for"
    r"|with|from|by|due to|about|on|within|across|between)\b"
)
# "chronic, severe neglect" is one thing: adjectives are not items.
_QUALITY = re.compile(
    r"^(?:more |most |very |less )?\w+(?:ly|ive|ent|ant|ful|ate|ous|ed|able|ible)$"
)
_GROUP = re.compile(r"^those (?:at risk of|with|experiencing)\b")
"""Another group of children: "and those at risk of" continues a list of groups."""
_TWO_HARMS = re.compile(
    r"\b(?:sexual|criminal) (?:and|or) gang\b|\bgang (?:and|or) (?:sexual|criminal)", re.IGNORECASE
)
_OPENING = re.compile(rf"{_GROUP.pattern}|^being\b")
_MAX_ITEM = 6
"""Most words of a list item; longer stretches between commas are clauses.

Chosen by judgement; not tuned.
"""

_MAX_TAIL = 3
"""Most words between the phrase and the next comma for the list to go on after it.

Chosen by judgement; not tuned.
"""


@lru_cache(maxsize=256)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text; bullets and line ends divide it too.

    >>> sentence_spans("Done. Then he left.")
    ((0, 5), (6, 19))
    """
    edges = [
        0,
        *(edge for match in _SENTENCE_END.finditer(text) for edge in match.span()),
        len(text),
    ]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple((start, end) for start, end in pairs if text[start:end].strip())


def listed_with(sentence: str, start: int, end: int) -> tuple[str, ...]:
    """The items of the list that holds the words from `start` to `end`, with these words.

    The clause that leads into a list belongs to its first item.  Without a list there is
    one item.

    >>> text = "Courses cover neglect, gangs, radicalisation and housing."
    >>> listed_with(text, 14, 21)
    ('Courses cover neglect', 'gangs', 'radicalisation', 'housing.')
    """
    chunks = _chunks(sentence, start, end)
    place = next(i for i, (_, chunk_end) in enumerate(chunks) if chunk_end >= end)
    a, b = chunks[place]
    items = [sentence[a:b]]
    if _is_item(sentence[a:end]) and not _HEAD.search(_GROUP.sub("", sentence[a:start])):
        items = [*_leftwards(sentence, chunks[:place]), *items]
    tail = sentence[end:b]
    if len(tail.split()) <= _MAX_TAIL and not _CLAUSE.search(tail):
        items += _rightwards(sentence, chunks[place + 1 :])
    return tuple(item for item in items if not _is_remark(item.strip()))


def names_other_things(items: Sequence[str], own: re.Pattern[str]) -> int:
    """How many different things a list names; all items that match `own` count as one.

    "sexual and gang exploitation" counts as two, although it is one item.

    >>> names_other_things(["neglect", "chronic neglect", "gangs"], re.compile("neglect"))
    2
    """
    others = sum(1 for item in items if not own.search(item))
    has_two_harms = any(_TWO_HARMS.search(item) for item in items)
    return others + (1 if others < len(items) else 0) + has_two_harms


def _leftwards(sentence: str, chunks: Sequence[tuple[int, int]]) -> list[str]:
    """Items to the left, up to the clause that leads into the list."""
    items: list[str] = []
    for a, b in reversed(chunks):
        items.insert(0, sentence[a:b])
        if not _is_item(sentence[a:b]) or _ATTACHED.match(sentence[a:b]):
            break
    return items


def _rightwards(sentence: str, chunks: Sequence[tuple[int, int]]) -> list[str]:
    """Items to the right, up to the clause that follows the list.

    "including gangs" and "at risk of harm" belong to the item before them.
    """
    items: list[str] = []
    for a, b in chunks:
        if _ATTACHED.match(sentence[a:b]):
            continue
        items.append(sentence[a:b])
        if not _is_item(sentence[a:b]):
            break
    return items


def _chunks(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between separators, except those inside the phrase or inside one thing."""
    indivisible = [(start, end), *(match.span() for match in _ONE_THING.finditer(sentence))]
    chunks, at = [], 0
    for match in _SEPARATOR.finditer(sentence):
        if all(match.end() <= a or match.start() >= b for a, b in indivisible):
            chunks.append((at, match.start()))
            at = match.end()
    chunks.append((at, len(sentence)))
    return [(a, b) for a, b in chunks if b > a] or [(0, len(sentence))]


def _is_remark(chunk: str) -> bool:
    return bool(_QUALITY.match(chunk) or _ASIDE.match(chunk))


def _is_item(chunk: str) -> bool:
    item = _OPENING.sub("", chunk)
    return len(item.split()) <= _MAX_ITEM and not _CLAUSE.search(item)
