"""Words that a pattern cannot be met without, read from the pattern itself.

A text without any of these words need not be searched: most patterns of this room
are spared most texts.  The words are derived from the parsed pattern and never
listed by hand, so a rule that is changed is filtered rightly at once.

A word is a run of letters and digits.  A pattern is read as a row of pieces: words
spelt out, gaps between words, choices, and stretches that nothing is known of.  A
word spelt out is needed where it stands between gaps; where only its beginning is
sure it is needed as a beginning, written "assess*".
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

# The parser of the standard library; its tree is the one that `re` compiles.
_parser: Any = importlib.import_module("re._parser")
_names: Any = importlib.import_module("re._constants")

_NO_NEED: frozenset[str] = frozenset()

_MOST_SPELLINGS = 400
"""Spellings of one piece; with more, nothing is said of it."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """A piece spelt out in letters, in one of these ways; "" means it may be absent."""

    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place where no word goes on: a space, a mark, or the edge of a word."""


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


def needs_of(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...]:
    """Sets of words; a text that the pattern meets holds a word of each, rarest set first.

    In lower case; "assess*" stands for every word that begins so.  Without a set nothing
    is known, and the pattern must be tried on every text.

    >>> [sorted(need) for need in needs_of(r"(?<= )was (?:not )?assess(?:ed|able)\\b")]
    [['assessable', 'assessed'], ['was']]
    >>> [sorted(need) for need in needs_of(r"\\bmidwi\\w+|gps? of (?:\\w+ ){0,3}the")]
    [['midwi*', 'of']]
    >>> needs_of(r"\\w+ing")
    ()
    """
    row = _row(_parser.parse(pattern, flags))
    return tuple(sorted(_needs(row, left=False, right=False), key=_rarity, reverse=True))


# ------------------------------------------------------- from the parse tree to pieces


def _row(tree: Iterable[tuple[Any, Any]]) -> _Row:
    row: _Row = ()
    for code, value in tree:
        for piece in _pieces(code, value):
            row = _joined(row, piece)
    return row


def _pieces(code: Any, value: Any) -> _Row:
    """The pieces of one node of a parse tree."""
    read = _READERS.get(code)
    return read(code, value) if read else (_UNKNOWN,)


def _character(character: str) -> _Piece:
    if character.isalnum() or character == "_":
        return _Letters(frozenset([character.lower()]))
    return _GAP


def _one_of(members: Sequence[tuple[Any, Any]]) -> _Piece:
    """A class of characters: letters one by one, or only gaps, or unknown."""
    kinds = [_member(code, value) for code, value in members]
    if all(kind is _GAP for kind in kinds):
        return _GAP
    if all(isinstance(kind, _Letters) for kind in kinds):
        return _Letters(frozenset().union(*(k.spellings for k in kinds if isinstance(k, _Letters))))
    return _UNKNOWN


def _member(code: Any, value: Any) -> _Piece:
    if code is _names.LITERAL:
        return _character(chr(value))
    spaces = (_names.CATEGORY_SPACE, _names.CATEGORY_NOT_WORD)
    return _GAP if code is _names.CATEGORY and value in spaces else _UNKNOWN


def _repeated(least: int, most: Any, body: Iterable[tuple[Any, Any]]) -> _Row:
    row = _row(body)
    if most is _names.MAXREPEAT or most > 1:
        # Of many turns only their ends are known: "(?:\w+ ){0,3}" ends with a gap.
        row = (_GAP,) if row == (_GAP,) else (*_first_gap(row), _UNKNOWN, *_first_gap(row[::-1]))
    return (_choice([(), row]),) if least == 0 else row


def _first_gap(row: _Row) -> _Row:
    return row[:1] if row[:1] == (_GAP,) else ()


def _look_around(code: Any, body: Sequence[tuple[Any, Any]]) -> _Piece:
    """A look to one character that says whether a word goes on; other looks say nothing."""
    if len(body) != 1:
        # "(?= they)" begins with a gap, "(?<=the )" ends with one: left aside, as it is rare.
        return _NOTHING
    node, value = body[0]
    if code is _names.ASSERT:
        return _GAP if _pieces(node, value) == (_GAP,) else _NOTHING
    members = value if node is _names.IN else [(node, value)]
    return _GAP if (_names.CATEGORY, _names.CATEGORY_WORD) in members else _NOTHING


def _choice(rows: Sequence[_Row]) -> _Piece:
    """One of several rows; rows of letters alone are one piece of letters."""
    spellings: set[str] = set()
    for row in rows:
        if row == ():
            spellings.add("")
        elif len(row) == 1 and isinstance(row[0], _Letters):
            spellings |= row[0].spellings
        else:
            return _Choice(tuple(rows))
    return _Letters(frozenset(spellings))


def _joined(row: _Row, piece: _Piece) -> _Row:
    """The row with one more piece; letters beside letters or a choice grow into one."""
    if not row:
        return (piece,)
    *rest, last = row
    if isinstance(last, _Letters) and isinstance(piece, _Letters):
        if len(last.spellings) * len(piece.spellings) > _MOST_SPELLINGS:
            return (*row, _UNKNOWN)
        spelt = (a + b for a, b in product(last.spellings, piece.spellings))
        return (*rest, _Letters(frozenset(spelt)))
    if isinstance(last, _Choice) and isinstance(piece, _Letters):
        return (*rest, _Choice(tuple(_joined(inner, piece) for inner in last.rows)))
    if isinstance(last, _Letters) and isinstance(piece, _Choice):
        return (*rest, _Choice(tuple(_prefixed(last, inner) for inner in piece.rows)))
    return (*row, piece)


def _prefixed(letters: _Letters, row: _Row) -> _Row:
    grown: _Row = (letters,)
    for piece in row:
        grown = _joined(grown, piece)
    return grown


def _repeats(code: Any, value: Any) -> _Row:
    return _repeated(*value)


_READERS: Mapping[Any, Callable[[Any, Any], _Row]] = {
    _names.LITERAL: lambda _, value: (_character(chr(value)),),
    _names.IN: lambda _, value: (_one_of(value),),
    _names.SUBPATTERN: lambda _, value: _row(value[3]),
    _names.ATOMIC_GROUP: lambda _, value: _row(value),
    _names.BRANCH: lambda _, value: (_choice([_row(branch) for branch in value[1]]),),
    _names.MAX_REPEAT: _repeats,
    _names.MIN_REPEAT: _repeats,
    _names.POSSESSIVE_REPEAT: _repeats,
    _names.AT: lambda _, value: (_UNKNOWN if value is _names.AT_NON_BOUNDARY else _GAP,),
    _names.ASSERT: lambda code, value: (_look_around(code, value[1]),),
    _names.ASSERT_NOT: lambda code, value: (_look_around(code, value[1]),),
}
"""How each kind of node is read; of any other kind nothing is known."""


# ------------------------------------------------------------- which words are needed


def _needs(row: _Row, *, left: bool, right: bool) -> list[frozenset[str]]:
    """What the row needs; `left` and `right` say whether a gap is beside it."""
    needs = (
        _need_of(piece, _gap_after(row[:at], left), _gap_before(row[at + 1 :], right))
        for at, piece in enumerate(row)
    )
    return [need for need in needs if need]


def _need_of(piece: _Piece, left: bool, right: bool) -> frozenset[str]:
    if isinstance(piece, _Letters) and left and "" not in piece.spellings:
        return piece.spellings if right else frozenset(s + "*" for s in piece.spellings)
    if isinstance(piece, _Choice):
        needs = [_needs(row, left=left, right=right) for row in piece.rows]
        # Whichever row is taken, the text holds a word of that row's rarest need.
        return frozenset().union(*(max(n, key=_rarity) for n in needs)) if all(needs) else _NO_NEED
    return _NO_NEED


def _rarity(need: frozenset[str]) -> tuple[int, int]:
    """How seldom a text holds one of these words, guessed: long words are rare."""
    words = [word.rstrip("*") for word in need]
    return min(1 if word in STOP_WORDS else len(word) for word in words), -len(need)


def _gap_after(row: _Row, before: bool) -> bool:
    """Whether a word that follows the row surely begins there."""
    for piece in row:
        before = _passed(piece, before, _gap_after)
    return before


def _gap_before(row: _Row, after: bool) -> bool:
    """Whether a word that precedes the row surely ends there."""
    for piece in reversed(row):
        after = _passed(piece, after, _gap_before)
    return after


def _passed(piece: _Piece, edge: bool, through: Callable[[_Row, bool], bool]) -> bool:
    if isinstance(piece, _Choice):
        return all(through(row, edge) for row in piece.rows)
    return isinstance(piece, _Gap) or (edge and piece == _NOTHING)
