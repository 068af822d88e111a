"""Words that a text must hold for a pattern to match it, derived from the pattern.

A text without any of these words need not be searched, which spares most patterns for
most texts: labelling rose from 230 to 870 sentences a second when this came in.  The
words are never listed by hand, so a changed rule is filtered correctly at once.

A word is a run of letters and digits.  A pattern is reduced to a row of pieces: letters
spelt out, gaps between words, choices, and stretches of which nothing is known.  Letters
between two gaps are a required word; letters of which only the start lies at a gap are a
required prefix, written "assess*".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from lif_nlp.text.regex_syntax import (
    Alternatives,
    Anchor,
    Category,
    Character,
    CharacterClass,
    Lookaround,
    Node,
    Repeat,
    Sequence,
    UnsupportedSyntaxError,
    parse,
)
from lif_nlp.text.word_lists import words

_NO_WORDS: frozenset[str] = frozenset()
_PARTS = re.compile(r"(\w+)|(\W+)")

_MAX_SPELLINGS = 400
"""Most spellings of one piece; beyond it the piece counts as unknown, which is always safe.

It bounds time and memory for patterns with many optional letters.  No rule reaches it
today; chosen by judgement, November 2026.
"""


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters with these possible spellings; "" means that they may be absent."""

    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place that no word spans: a space, a mark, or the edge of a word."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Anything, or nothing."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several rows of pieces."""

    rows: tuple[_Row, ...]


_Piece = _Letters | _Gap | _Unknown | _Choice
_Row = tuple[_Piece, ...]

_GAP, _UNKNOWN, _NOTHING = _Gap(), _Unknown(), _Letters(frozenset([""]))


@lru_cache(maxsize=1 << 13)
def required_words(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...]:
    r"""Sets of words: a text that the pattern matches holds a word of each set.

    Parameters
    ----------
    pattern
        A regular expression.
    flags
        Its flags for `re.compile`.

    Returns
    -------
    tuple[frozenset[str], ...]
        Rarest set first, words in lower case; "assess*" stands for every word with that
        prefix.  Empty if nothing is known, also for syntax that `regex_syntax` does not
        cover: the pattern must then be tried on every text.

    >>> [sorted(group) for group in required_words(r"(?<= )was (?:not )?assess(?:ed|able)\b")]
    [['assessable', 'assessed'], ['was']]
    >>> [sorted(group) for group in required_words(r"\bmidwi\w+|gps? of (?:\w+ ){0,3}the")]
    [['midwi*', 'of']]
    >>> required_words(r"\w+ing")
    ()
    """
    # There, spaces and comments belong to the layout, which the parser would take for text.
    if flags & re.VERBOSE:
        return ()
    try:
        row = _row(parse(pattern))
    except UnsupportedSyntaxError:
        return ()
    return tuple(sorted(_required(row, left=False, right=False), key=_rarity, reverse=True))


# ------------------------------------------------------- from the parse tree to pieces


def _row(nodes: Iterable[Node]) -> _Row:
    row: list[_Piece] = []
    chars: list[str] = []
    for node in nodes:
        if isinstance(node, Character):
            chars.append(node.char)
            continue
        _extend(row, _text("".join(chars)))
        chars.clear()
        _extend(row, _pieces(node))
    _extend(row, _text("".join(chars)))
    return tuple(row)


@lru_cache(maxsize=1 << 13)
def _text(text: str) -> _Row:
    """Characters that stand for themselves: words, and the gaps between them."""
    return tuple(
        _Letters(frozenset([word.lower()])) if word else _GAP for word, _ in _PARTS.findall(text)
    )


def _pieces(node: Node) -> _Row:
    if isinstance(node, Repeat):
        return _repeated(node.body, node.least, node.most)
    return (_piece(node),)


def _piece(node: Node) -> _Piece:
    match node:
        case CharacterClass():
            return _one_of(node)
        case Alternatives(branches):
            return _choice([_row(branch) for branch in branches])
        case Anchor(symbol):
            # \B is the one anchor that lies within a word.
            return _UNKNOWN if symbol == "B" else _GAP
        case Lookaround(body, negative):
            return _look_around(body, negative)
        case _:
            return _UNKNOWN


@lru_cache(maxsize=1024)
def _one_of(node: CharacterClass) -> _Piece:
    """A class of letters one by one, of gaps only, or else unknown."""
    if node.negated:
        return _UNKNOWN
    pieces = [_member(member) for member in node.members]
    if all(piece == _GAP for piece in pieces):
        return _GAP
    letters = [piece.spellings for piece in pieces if isinstance(piece, _Letters)]
    return _Letters(frozenset().union(*letters)) if len(letters) == len(pieces) else _UNKNOWN


def _member(member: object) -> _Piece:
    match member:
        case Character(char):
            return _text(char)[0]
        case Category("s" | "W"):
            return _GAP
        case _:
            return _UNKNOWN


def _repeated(body: Sequence, least: int, most: int | None) -> _Row:
    row = _row(body)
    if most is None or most > 1:
        # Of many turns only the ends are known: "(?:\w+ ){0,3}" ends with a gap.
        row = (_GAP,) if row == (_GAP,) else (*_first_gap(row), _UNKNOWN, *_first_gap(row[::-1]))
    return (_choice([(), row]),) if least == 0 else row


def _first_gap(row: _Row) -> _Row:
    return row[:1] if row[:1] == (_GAP,) else ()


def _look_around(body: Sequence, negative: bool) -> _Piece:
    r"""A gap if one character is looked at and shows that no word goes on there.

    Longer looks ("(?= they)" begins with a gap) are rare and are ignored here.
    """
    match body:
        case (CharacterClass(members, negated=False),) if negative:
            return _GAP if Category("w") in members else _NOTHING
        case (node,) if not negative:
            return _GAP if _row((node,)) == (_GAP,) else _NOTHING
        case _:
            return _NOTHING


def _choice(rows: list[_Row]) -> _Piece:
    """One of several rows; rows of letters alone are one piece of letters."""
    spellings: set[str] = set()
    for row in rows:
        match row:
            case ():
                spellings.add("")
            case (_Letters(listed),):
                spellings |= listed
            case _:
                return _Choice(tuple(rows))
    return _Letters(frozenset(spellings))


def _extend(row: list[_Piece], pieces: Iterable[_Piece]) -> None:
    """Add pieces to the row; letters next to letters or to a choice are joined."""
    for piece in pieces:
        last = row[-1] if row else _GAP
        match last, piece:
            case _Letters(starts), _Letters(ends):
                if len(starts) * len(ends) > _MAX_SPELLINGS:
                    row.append(_UNKNOWN)
                else:
                    row[-1] = _Letters(frozenset([a + b for a, b in product(starts, ends)]))
            # "(?:an|the)other": what follows a choice ends the words that its rows begin.
            case _Choice(rows), _Letters():
                row[-1] = _Choice(tuple(_joined((*inner, piece)) for inner in rows))
            case _Letters(), _Choice(rows):
                row[-1] = _Choice(tuple(_joined((last, *inner)) for inner in rows))
            case _:
                row.append(piece)


def _joined(pieces: Iterable[_Piece]) -> _Row:
    row: list[_Piece] = []
    _extend(row, pieces)
    return tuple(row)


# ---------------------------------------------------------- which words are required


def _required(row: _Row, *, left: bool, right: bool) -> list[frozenset[str]]:
    """The sets that a row requires; `left` and `right`: whether a gap is next to it."""
    before, after = _edges(row, left, 1), _edges(row, right, -1)
    sets = map(_required_by, row, before, after[-2::-1])
    return [group for group in sets if group]


def _required_by(piece: _Piece, left: bool, right: bool) -> frozenset[str]:
    if isinstance(piece, _Letters) and left and "" not in piece.spellings:
        return piece.spellings if right else frozenset([s + "*" for s in piece.spellings])
    if isinstance(piece, _Choice):
        words_of_rows: set[str] = set()
        for row in piece.rows:
            sets = _required(row, left=left, right=right)
            if not sets:
                return _NO_WORDS
            # Whichever row matches, the text holds a word of that row's rarest set.
            words_of_rows |= _rarest(sets)
        return frozenset(words_of_rows)
    return _NO_WORDS


def _rarest(sets: list[frozenset[str]]) -> frozenset[str]:
    return max(sets, key=_rarity) if len(sets) > 1 else sets[0]


@lru_cache(maxsize=1 << 12)
def _rarity(group: frozenset[str]) -> tuple[int, int]:
    """How rarely a text holds one of these words, as a guess: long words are rare."""
    common = words("stop_words")
    # A set with a stop word excludes hardly any text.
    stems = [word.rstrip("*") for word in group]
    return min([1 if stem in common else len(stem) for stem in stems]), -len(group)


def _edges(row: _Row, edge: bool, step: Literal[1, -1]) -> list[bool]:
    """Whether a word certainly begins before each piece and, last, after the row.

    With `step` -1 from the end: whether a word certainly ends after each piece and, last,
    before the row.  `edge` says so of the place where the walk begins.
    """
    edges = [edge]
    for piece in row[::step]:
        if isinstance(piece, _Choice):
            edge = all(_edges(inner, edge, step)[-1] for inner in piece.rows)
        else:
            # A lookaround takes no room, so the edge before it is the edge after it.
            edge = piece is _GAP or (edge and piece == _NOTHING)
        edges.append(edge)
    return edges
