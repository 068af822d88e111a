"""Texts that a pattern matches, made from its parse tree."""

from __future__ import annotations

import random

from lif_nlp.text.regex_syntax import (
    Alternatives,
    AnyCharacter,
    Category,
    Character,
    CharacterClass,
    Node,
    Range,
    Repeat,
    Sequence,
    parse,
)

_EXAMPLES = {"s": " ", "w": "k", "d": "7"}


def spelt(pattern: str, chance: random.Random) -> str:
    """One text that the pattern may match; its lookarounds are ignored."""
    return _spelt(parse(pattern), chance)


def _spelt(nodes: Sequence, chance: random.Random) -> str:
    return "".join(_node(node, chance) for node in nodes)


def _node(node: Node, chance: random.Random) -> str:
    match node:
        case Character(char):
            return char
        case CharacterClass():
            return _member(node, chance)
        case AnyCharacter():
            return "k"
        case Alternatives(branches):
            return _spelt(chance.choice(branches), chance)
        case Repeat(body, least, most):
            times = chance.randint(least, least + 2 if most is None else min(most, least + 2))
            return "".join(_spelt(body, chance) for _ in range(times))
        case _:
            return ""


def _member(node: CharacterClass, chance: random.Random) -> str:
    if node.negated:
        return "k"
    match chance.choice(node.members):
        case Character(char):
            return char
        case Range(first, last):
            return chr(chance.randint(ord(first), ord(last)))
        case Category(letter):
            return _EXAMPLES.get(letter, "-")
