"""Parses the regular expressions of our rules into a small tree.

Python keeps its own parser of regular expressions private, so this one covers what the
rules use: literals, character classes, groups, alternatives, quantifiers, lookarounds,
and anchors.  Anything else raises `UnsupportedSyntaxError`; the caller then assumes nothing
about the pattern.  Whether a pattern is valid at all is for `re.compile` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


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

_DIGITS = frozenset("0123456789")
_ANCHORS = frozenset("AZbB")
_LIMITS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_LOOKAROUNDS = {"?=": False, "?!": True, "?<=": False, "?<!": True}


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
        return tuple(_merged(branches))

    def _sequence(self) -> Sequence:
        nodes: list[Node] = []
        while self.next not in ("", "|", ")"):
            item = self._item()
            limits = self._quantifier()
            nodes += item if limits is None else [Repeat(item, *limits)]
        return tuple(nodes)

    def _item(self) -> Sequence:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return (self._class(),)
        if char == "\\":
            return (self._escape(),)
        if char == ".":
            return (AnyCharacter(),)
        return (Anchor(char) if char in "^$" else Character(char),)

    def _group(self) -> Sequence:
        kind = self._group_kind()
        body = self.alternatives()
        if not self._accept(")"):
            raise UnsupportedSyntaxError("a group is not closed")
        if kind in _LOOKAROUNDS:
            return (Lookaround(body, _LOOKAROUNDS[kind]),)
        return body

    def _group_kind(self) -> str:
        if self.next != "?":
            return ""
        for kind in (*_LOOKAROUNDS, "?:", "?>", "?i:", "?-i:"):
            if self._accept(kind):
                return kind
        if not self._accept("?P<"):
            raise UnsupportedSyntaxError(f"kind of group at {self.place}")
        while self._take() != ">":
            pass
        return ""

    def _quantifier(self) -> tuple[int, int | None] | None:
        limits = self._limits()
        # Lazy ("?") and possessive ("+") quantifiers allow the same number of turns.
        if limits is not None and self.next in ("?", "+"):
            self.place += 1
        return limits

    def _limits(self) -> tuple[int, int | None] | None:
        start, symbol = self.place, self.next
        if symbol in _LIMITS:
            self.place += 1
            return _LIMITS[symbol]
        if symbol == "{" and not self._pattern.startswith("{}", start):
            self.place += 1
            least = self._digits()
            most = self._digits() if self._accept(",") else least
            if self._accept("}"):
                return int(least or 0), int(most) if most else None
        self.place = start  # a brace that opens no quantifier stands for itself
        return None

    def _digits(self) -> str:
        start = self.place
        while self.next in _DIGITS:
            self.place += 1
        return self._pattern[start : self.place]

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
        if char.isascii() and char.isalnum():
            raise UnsupportedSyntaxError(f"escape \\{char}")
        return Character(char)

    def _class(self) -> Node:
        negated = self._accept("^")
        members = [self._member()]  # a bracket that comes first stands for itself
        while not self._accept("]"):
            members.append(self._member())
        return _class_of(members, negated)

    def _member(self) -> Character | Category | Range:
        first = self._class_character()
        if self.next != "-" or self._pattern[self.place + 1 : self.place + 2] in ("", "]"):
            return first
        self.place += 1
        last = self._class_character()
        if isinstance(first, Category) or isinstance(last, Category):
            raise UnsupportedSyntaxError(f"range at {self.place}")
        return Range(first.char, last.char)

    def _class_character(self) -> Character | Category:
        char = self._take()
        return self._escaped() if char == "\\" else Character(char)


def _class_of(members: list[Character | Category | Range], negated: bool) -> Node:
    """A class; one that holds a single character is that character."""
    distinct = tuple(dict.fromkeys(members))
    if len(distinct) == 1 and isinstance(distinct[0], Character) and not negated:
        return distinct[0]
    return CharacterClass(distinct, negated)


def _merged(branches: list[Sequence]) -> Iterator[Node]:
    """What all branches begin with, then the alternatives that are left."""
    if len(branches) == 1:
        yield from branches[0]
        return
    while all(branches) and _is_single(branches[0][0]) and len({b[0] for b in branches}) == 1:
        yield branches[0][0]
        branches = [branch[1:] for branch in branches]
    members = _members(branches)
    yield (
        CharacterClass(tuple(dict.fromkeys(members))) if members else Alternatives(tuple(branches))
    )


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
