"""Texts that a pattern meets, made from the pattern: what its writer might have had in mind."""

from __future__ import annotations

import importlib
import random
from typing import Any

_parser: Any = importlib.import_module("re._parser")
_CLASSES = {"CATEGORY_SPACE": " ", "CATEGORY_WORD": "k", "CATEGORY_DIGIT": "7"}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def spelt(pattern: str, chance: random.Random) -> str:
    """One text that the pattern may meet; what it looks at aside is left out."""
    return _spelt(_parser.parse(pattern), chance)


def _spelt(tree: Any, chance: random.Random) -> str:
    return "".join(_node(str(code), value, chance) for code, value in tree)


def _node(code: str, value: Any, chance: random.Random) -> str:
    if code == "LITERAL":
        return chr(value)
    if code == "IN":
        return _member(value, chance)
    if code == "BRANCH":
        return _spelt(chance.choice(value[1]), chance)
    if code == "SUBPATTERN":
        return _spelt(value[3], chance)
    if code in _REPEATS:
        least, most, body = value
        times = chance.randint(least, min(int(most), least + 2))
        return "".join(_spelt(body, chance) for _ in range(times))
    return "k" if code in ("ANY", "NOT_LITERAL") else ""


def _member(members: Any, chance: random.Random) -> str:
    if str(members[0][0]) == "NEGATE":
        return "k"
    code, value = chance.choice(members)
    if str(code) == "RANGE":
        return chr(chance.randint(*value))
    return chr(value) if str(code) == "LITERAL" else _CLASSES.get(str(value), "-")
