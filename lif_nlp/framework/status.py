"""The language of what became of a recommendation: rules, words of status cells, colours.

It is part of the framework, in `status.toml`; a partnership adds words and colours of its
own in a file with the same tables, which come before ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

from lif_nlp.errors import FrameworkError
from lif_nlp.text.pattern_set import PatternIndex, distinct_words
from lif_nlp.user_toml import TomlFaultError, read_toml

DEFAULT = Path(__file__).resolve().with_name("status.toml")
"""The file shipped with lif_nlp."""

POSITIONS = ("accepted", "part", "principle", "rejected", "already", "noted")
"""What a body can say of a recommendation; "none recorded" where it says nothing."""

PROGRESS = (
    "not started", "planned", "in progress", "on track", "done", "verified", "late",
    "superseded", "closed with risk", "reopened", "unreadable", "none recorded",
)  # fmt: skip
"""How far a step has got.  "done" is what somebody claims; "verified" that evidence was seen."""

EFFECTS = ("improved", "mixed", "not embedded", "too early", "no evidence", "not tested")
"""What a check says of practice."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "position": POSITIONS,
    "progress": PROGRESS,
    "effect": EFFECTS,
}
"""The three fields, which never stand for one another, with their values."""

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_KEYS = {"words", "guards", "rule", "cell_words", "colour_words"}


@dataclass(frozen=True, slots=True)
class StatusRule:
    """One rule: a field, its value, and the expressions that earn it or hold it back."""

    name: str
    field: str
    value: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()
    own: bool = False
    """Whether a partnership wrote it: then nothing goes before it."""


class TrainedReading(Protocol):
    """Models that read a sentence with the help of the rules."""

    def prepare(self, texts: Iterable[str], language: StatusLanguage) -> None:
        """Read many texts at once."""
        ...

    def read(self, text: str, language: StatusLanguage, expected: str = "") -> Any:
        """What a text says, as a `ledger.status.StatusReading`; a field that is expected there
        needs less to be read.
        """
        ...


@dataclass(frozen=True)
class StatusLanguage:
    """The rules in order, what guards them, and what cells and colours of a tracker say.

    `case` and `lifted_by` recognise sentences that tell of the case itself; `cell_words`
    give the progress of a cell that holds nothing but the words, `colour_words` of a colour
    for which a file has no legend.  `trained` are models that read beside the rules, or None.
    """

    rules: tuple[StatusRule, ...]
    case: tuple[re.Pattern[str], ...]
    lifted_by: tuple[re.Pattern[str], ...]
    cell_words: Mapping[str, str]
    colour_words: Mapping[str, str]
    trained: TrainedReading | None = None

    @cached_property
    def _places(self) -> tuple[tuple[int, re.Pattern[str], bool], ...]:
        """Each pattern of a rule with the rule's place, and whether it holds the rule back."""
        return tuple(
            (place, pattern, holds_back)
            for place, rule in enumerate(self.rules)
            for holds_back, patterns in ((False, rule.patterns), (True, rule.unless))
            for pattern in patterns
        )

    @cached_property
    def _index(self) -> PatternIndex:
        return PatternIndex((pattern.pattern for _, pattern, _ in self._places), re.IGNORECASE)

    def matching(self, text: str) -> Iterator[StatusRule]:
        """The rules that match a text and that nothing holds back, in their order.

        Only patterns whose required words stand in the text are searched.
        """
        holds: dict[int, bool] = {}
        for place in self._index.possible(distinct_words(text)):
            rule, pattern, holds_back = self._places[place]
            if holds_back:
                # The patterns of a rule come in order: first those that earn it, then those that
                # hold it back.
                if holds.get(rule) and pattern.search(text):
                    holds[rule] = False
            elif rule not in holds and pattern.search(text):
                holds[rule] = True
        yield from (self.rules[rule] for rule, counts in holds.items() if counts)


def load_status_language(own: Path | None = None) -> StatusLanguage:
    """The shipped language, with the tables of a partnership's own file before it.

    Raises FrameworkError, listing the faults, for a file that is no valid TOML or names a
    field, value or key that does not exist.
    """
    return _shipped() if own is None else _build(own, _tables(own), _tables(DEFAULT))


@cache
def _shipped() -> StatusLanguage:
    return _build(DEFAULT, {}, _tables(DEFAULT))


def _tables(path: Path) -> dict[str, Any]:
    try:
        tables = read_toml(path)
    except TomlFaultError as error:
        raise FrameworkError(path, [str(error)]) from error
    # A mistyped table would otherwise have no effect, and nobody would know.
    if unknown := sorted(set(tables) - _KEYS):
        raise FrameworkError(path, [f"unknown table '{name}'" for name in unknown])
    return tables


def _build(path: Path, own: Mapping[str, Any], shipped: Mapping[str, Any]) -> StatusLanguage:
    words = {**shipped.get("words", {}), **own.get("words", {})}
    guards = shipped.get("guards", {})
    faults: list[str] = []

    def compiled(pattern: str) -> re.Pattern[str]:
        for _ in range(3):  # a word list may name another
            pattern = _PLACEHOLDER.sub(lambda m: words.get(m[1], m[0]), pattern)
        try:
            return re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            faults.append(f"'{pattern}' is no regular expression ({error})")
            # Matches nothing, so that the other faults are found as well.
            return re.compile("$^")

    rules = []
    own_rules = len(own.get("rule", []))
    # Own rules first, so that they are asked before ours.
    for place, entry in enumerate((*own.get("rule", []), *shipped.get("rule", []))):
        field, value = entry.get("field", ""), entry.get("value", "")
        if value not in FIELDS.get(field, ()):
            faults.append(f"rule '{entry.get('name', '')}': {field} = '{value}' does not exist")
        rules.append(
            StatusRule(
                entry.get("name", ""),
                field,
                value,
                tuple(compiled(pattern) for pattern in entry.get("patterns", ())),
                tuple(compiled(pattern) for pattern in entry.get("unless", ())),
                place < own_rules,
            )
        )
    cells: dict[str, str] = {}
    colours: dict[str, str] = {}
    # Own words last, so that they replace ours.
    for tables in (shipped, own):
        for status, entries in tables.get("cell_words", {}).items():
            if status not in PROGRESS:
                faults.append(f"cell_words: '{status}' does not exist")
            cells.update({entry.lower(): status for entry in entries})
        colours.update(tables.get("colour_words", {}))
    language = StatusLanguage(
        tuple(rules),
        tuple(compiled(pattern) for pattern in guards.get("case", ())),
        tuple(compiled(pattern) for pattern in guards.get("lifted_by", ())),
        cells,
        colours,
    )
    if faults:
        raise FrameworkError(path, faults)
    return language
