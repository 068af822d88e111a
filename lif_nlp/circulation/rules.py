"""Rules of the guard as data: kinds of detail with the patterns that show them.

`README.md` beside the tables says how a rule is written and tried.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_GROUP = re.compile(r"<([A-Z_]+)>")
_PLAIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the kind of detail it shows, what it is about, and how it is found.

    `words` are plain words that alone show it.  `patterns` are tried only if the text in
    small letters has what each of `gates` asks for, which is quick to tell; without one always.
    With `capitals` a pattern reads the text as written, otherwise with a small first letter.
    """

    kind: str
    about: str
    gates: tuple[re.Pattern[str], ...]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    capitals: bool
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text with what rules ask of it, worked out once."""

    written: str

    @cached_property
    def low(self) -> str:
        """In small letters."""
        return self.written.lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in small letters."""
        return frozenset(_TOKEN.findall(self.low))

    @cached_property
    def _open_gates(self) -> dict[re.Pattern[str], bool]:
        return {}

    def opens(self, gate: re.Pattern[str]) -> bool:
        """Whether the text has what a gate asks for."""
        if gate not in self._open_gates:
            self._open_gates[gate] = gate.search(self.low) is not None
        return self._open_gates[gate]

    @cached_property
    def softened(self) -> str:
        """With the first letter of its first word small, as inside a sentence."""
        # A sentence begins with a capital, which is no sign of a name. "GP" stays as it is.
        opens_plainly = self.written[1:2].islower() or self.written.startswith("A ")
        return self.low[:1] + self.written[1:] if opens_plainly else self.written


@cache
def rules(table: str) -> tuple[Rule, ...]:
    """The rules of one table, in the order of the file.

    >>> sorted({rule.kind for rule in rules("circumstances")})[:2]
    ['age', 'date']
    """
    data = _load(table)
    groups = _groups(data)
    gates = {name: re.compile(_fill(gate, groups)) for name, gate in data.get("gates", {}).items()}
    return tuple(_rule(entry, groups, gates) for entry in data["rules"])


def kinds_of(table: Sequence[Rule], text: Text) -> list[str]:
    """Kinds of detail that rules find in a text, without repetition."""
    kinds: list[str] = []
    for rule in table:
        if rule.kind not in kinds and shows(rule, text):
            kinds.append(rule.kind)
    return kinds


def shows(rule: Rule, text: Text) -> bool:
    """Whether a rule finds its kind of detail in a text."""
    if not rule.words.isdisjoint(text.words):
        return True
    if not all(map(text.opens, rule.gates)):
        return False
    read = text.written if rule.capitals else text.softened
    return any(pattern.search(read) for pattern in rule.patterns)


@cache
def patterns(table: str) -> Mapping[str, re.Pattern[str]]:
    """The named patterns of one table; white space in them does not count.

    >>> patterns("names")["titled"].search("Mrs Vale rang.").group(1)
    'Vale'
    """
    data = _load(table)
    groups = {name: group.replace(" ", r"\ ") for name, group in _groups(data).items()}
    return {
        name: re.compile(_fill(pattern, groups).strip(), re.VERBOSE)
        for name, pattern in data["patterns"].items()
    }


def _load(table: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{table}.toml").read_text("utf-8"))


def _groups(data: Mapping[str, Any]) -> dict[str, str]:
    """The groups of a table as regular expressions; one may name those above it."""
    groups: dict[str, str] = {}
    for name, alternatives in data.get("groups", {}).items():
        groups[name] = _one_of(_entries(alternatives), groups)
    return groups


def _rule(
    entry: Mapping[str, Any], groups: Mapping[str, str], gates: Mapping[str, re.Pattern[str]]
) -> Rule:
    entries = _entries(entry.get("words", ""))
    own_patterns = tuple(entry.get("patterns", ()))
    # words with an ending left open, or that a pattern of the rule goes on from, need patterns
    whole = {word for word in entries if _PLAIN_WORD.fullmatch(word)}
    if any("<WORDS>" in pattern for pattern in own_patterns):
        whole = set()
    rest = [word for word in entries if word not in whole]
    return Rule(
        entry["kind"],
        entry["about"],
        tuple(gates[name] for name in entry.get("gate", "").split()),
        frozenset(whole),
        tuple(_compiled(own_patterns, rest, groups)),
        entry.get("capitals", False),
        tuple(entry["examples"]),
    )


def _compiled(
    given: Iterable[str], rest: Collection[str], groups: Mapping[str, str]
) -> Iterator[re.Pattern[str]]:
    all_groups = {**groups, "WORDS": _one_of(rest, groups)}
    given = list(given)
    if rest and not any("<WORDS>" in pattern for pattern in given):
        given.insert(0, r"\b<WORDS>\b")
    for pattern in given:
        yield re.compile(_fill(pattern, all_groups))


def _entries(text: str) -> list[str]:
    """Entries apart by spaces; an underscore stands for a space."""
    return [entry.replace("_", " ") for entry in text.split()]


def _one_of(entries: Iterable[str], groups: Mapping[str, str]) -> str:
    return f"(?:{_fill('|'.join(entries), groups)})"


def _fill(pattern: str, groups: Mapping[str, str]) -> str:
    return _GROUP.sub(lambda match: groups[match.group(1)], pattern)
