"""Parses the regular expressions of our rules into a small tree.

Python keeps its own parser of regular expressions private, so this one covers what the
rules use: literals, character classes, groups, alternatives, quantifiers, lookarounds,
and anchors.  Anything else raises `UnsupportedSyntaxError`; the caller then assumes nothing
about the pattern.  Whether a pattern is valid at all is for `re.compile` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


class UnsupportedSyntaxError(ValueError):
    """A construct that this parser does not know."""


@dataclass(frozen=True, slots=True)
class Character:
    """One literal character."""

    char: str


@dataclass(frozen=True, slots=True)
class Category:
    r"""A backslash class: `letter` is one of "d", "D", "s", "S", "w", "W"."""

    letter: str


@dataclass(frozen=True, slots=True)
class Range:
    """A range in a character class, ends included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CharacterClass:
    """One character that is, or if `negated` is not, among the members."""

    members: tuple[Character | Category | Range, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AnyCharacter:
    """A full stop: any character but a line break."""


@dataclass(frozen=True, slots=True)
class Anchor:
    r"""A position: one of "^", "$", "A", "Z", "b", "B" (the letters stand for \A and so on)."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Lookaround:
    """A lookahead or lookbehind, which consumes nothing."""

    body: Sequence
    negative: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """A sequence repeated `least` to `most` times; no limit if `most` is None."""

    body: Sequence
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several sequences."""

    branches: tuple[Sequence, ...]


Node = Character | CharacterClass | AnyCharacter | Anchor | Lookaround | Repeat | Alternatives
Sequence = tuple[Node, ...]
"""Nodes that match one after another; groups are replaced by what they hold."""

_ANCHORS = frozenset("AZbB")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_GROUP = re.compile(r"\?<?([=!])|\?(?::|>|-?i:|P<\w+>)|(?!\?)")
"""How a group begins, after its bracket; the sign of a lookaround is a group here."""
_LIMITS = re.compile(r"(?:([?*+])|\{(?!\})(\d*)(?:(,)(\d*))?\})[?+]?")
"""How often something may occur; lazy and possessive quantifiers allow the same turns."""
_PLAIN = re.compile(r"[^][\\().|^$?*+{}]+(?![?*+{])")
"""Characters that stand for themselves and are not repeated."""
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^]\\])*\]", re.DOTALL)

# Start-up parses some 400,000 characters of rules: the same few objects serve for all of them.
_character = lru_cache(maxsize=1024)(Character)


def parse(pattern: str) -> Sequence:
    r"""The tree of a pattern.

    Branches that begin alike are split after what they share, and branches of one
    character each become a class, as Python's own parser does.

    Raises UnsupportedSyntaxError for flags other than i in a group of its own, backreferences,
    conditions, comments and most escapes by number.

    >>> parse("an?")
    (Character(char='a'), Repeat(body=(Character(char='n'),), least=0, most=1))
    >>> parse("a|b") == parse("[ab]"), parse("(?:an|at)") == parse("a[nt]")
    (True, True)
    """
    parser = _Parser(pattern)
    tree = parser.alternatives()
    if parser.next:
        raise UnsupportedSyntaxError(f"unbalanced bracket at {parser.place}")
    return tree


class _Parser:
    """Recursive descent over the characters of one pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.place = 0

    @property
    def next(self) -> str:
        """The character to be read next, or "" at the end."""
        return self._pattern[self.place : self.place + 1]

    def _take(self) -> str:
        char = self.next
        if not char:
            raise UnsupportedSyntaxError("the pattern ends too early")
        self.place += 1
        return char

    def _accept(self, text: str) -> bool:
        if not self._pattern.startswith(text, self.place):
            return False
        self.place += len(text)
        return True

    def alternatives(self) -> Sequence:
        branches = [self._sequence()]
        while self._accept("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else tuple(_merged(branches))

    def _sequence(self) -> Sequence:
        nodes: list[Node] = []
        while True:
            # Most of a rule is plain letters; they are taken in one step.
            if plain := _PLAIN.match(self._pattern, self.place):
                nodes += map(_character, plain.group())
                self.place = plain.end()
            char = self.next
            if char in ("", "|", ")"):
                return tuple(nodes)
            self.place += 1
            item = self._item(char)
            if limits := _LIMITS.match(self._pattern, self.place):
                self.place = limits.end()
                item = (Repeat(item, *_turns(*limits.groups())),)
            nodes += item

    def _item(self, char: str) -> Sequence:
        match char:
            case "(":
                return self._group()
            case "[":
                return (self._class(),)
            case "\\":
                return (self._escape(),)
            case ".":
                return (AnyCharacter(),)
            case "^" | "$":
                return (Anchor(char),)
            case _:
                return (_character(char),)

    def _group(self) -> Sequence:
        kind = _GROUP.match(self._pattern, self.place)
        if not kind:
            raise UnsupportedSyntaxError(f"kind of group at {self.place}")
        self.place = kind.end()
        body = self.alternatives()
        if not self._accept(")"):
            raise UnsupportedSyntaxError("a group is not closed")
        look = kind.group(1)
        return (Lookaround(body, negative=look == "!"),) if look else body

    def _escape(self) -> Node:
        if self.next in _ANCHORS:
            return Anchor(self._take())
        member = self._escaped()
        return CharacterClass((member,)) if isinstance(member, Category) else member

    def _escaped(self) -> Character | Category:
        char = self._take()
        if char in "dDsSwW":
            return Category(char)
        if char in _CONTROL:
            return Character(_CONTROL[char])
        if char == "x":
            return Character(chr(int(self._take() + self._take(), 16)))
        # Python may give it a meaning. What is not understood here is searched without a filter,
        # which is slower and never wrong.
        if char.isascii() and char.isalnum():
            raise UnsupportedSyntaxError(f"escape \\{char}")
        return Character(char)

    def _class(self) -> Node:
        whole = _CLASS.match(self._pattern, self.place - 1)
        if not whole:
            raise UnsupportedSyntaxError("a class is not closed")
        self.place = whole.end()
        return _class_node(whole.group())

    def members(self) -> Iterator[Character | Category | Range]:
        """The members of a class, if the pattern is what stands between its brackets."""
        while self.next:
            yield self._member()

    def _member(self) -> Character | Category | Range:
        first = self._class_character()
        # A hyphen at the end of a class is a hyphen.
        if self.next != "-" or self.place + 1 == len(self._pattern):
            return first
        self.place += 1
        last = self._class_character()
        if isinstance(first, Category) or isinstance(last, Category):
            raise UnsupportedSyntaxError(f"range at {self.place}")
        return Range(first.char, last.char)

    def _class_character(self) -> Character | Category:
        char = self._take()
        return self._escaped() if char == "\\" else Character(char)


@lru_cache(maxsize=1024)
def _class_node(text: str) -> Node:
    """The class "[...]"; one that holds a single character is that character."""
    is_negated = text.startswith("[^")
    distinct = tuple(dict.fromkeys(_Parser(text[1 + is_negated : -1]).members()))
    # Rules write "[.]" for a full stop; as a character it can be part of a required word.
    if len(distinct) == 1 and isinstance(distinct[0], Character) and not is_negated:
        return distinct[0]
    return CharacterClass(distinct, is_negated)


@lru_cache(maxsize=256)
def _turns(symbol: str | None, least: str, comma: str, most: str) -> tuple[int, int | None]:
    """The least and most turns of a quantifier, from its parts in `_LIMITS`."""
    if symbol:
        return int(symbol == "+"), 1 if symbol == "?" else None
    limit = most if comma else least
    return int(least or 0), int(limit) if limit else None


def _merged(branches: list[Sequence]) -> Iterator[Node]:
    """What all branches begin with, then the alternatives that are left."""
    common_start = _shared(branches)
    yield from branches[0][:common_start]
    branches = [branch[common_start:] for branch in branches]
    members = _members(branches)
    yield (
        CharacterClass(tuple(dict.fromkeys(members))) if members else Alternatives(tuple(branches))
    )


def _shared(branches: list[Sequence]) -> int:
    """How many single characters and positions all branches begin with."""
    for place, nodes in enumerate(zip(*branches, strict=False)):
        if not _is_single(nodes[0]) or any(node != nodes[0] for node in nodes):
            return place
    return min(map(len, branches))


def _is_single(node: Node) -> bool:
    return isinstance(node, Character | CharacterClass | AnyCharacter | Anchor)


def _members(branches: list[Sequence]) -> list[Character | Category | Range]:
    """The characters of branches that all have one; else nothing."""
    members: list[Character | Category | Range] = []
    for branch in branches:
        match branch:
            case (Character() as character,):
                members.append(character)
            case (CharacterClass(listed, negated=False),):
                members += listed
            case _:
                return []
    return members
