"""Rules and cues as data: read from TOML, and found in the tokens of a unit.

A rule gives a label where one of its patterns matches and all of its guards hold.  A cue
is a group of patterns whose matches are counted and weighted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lif_nlp.annotate.rules.patterns import token_patterns
from lif_nlp.annotate.rules.toml_rules import read_array
from lif_nlp.annotate.unit_tokens import TokenizedUnit
from lif_nlp.text.pattern_set import PrefilteredPatterns

_FAR = 200
"""Tokens of context to look at if no reach is given: more than any unit holds."""

Places = list[tuple[int, int]]
"""Tokens (first, after last) of each match of a cue, in order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, its table and code, its patterns, and the guards that must all hold."""

    name: str
    layer: str
    code: str
    patterns: tuple[str, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match of a rule's pattern, before its guards: tokens `first` to before `last`."""

    unit: TokenizedUnit
    first: int
    last: int
    rule: str = ""

    @property
    def text(self) -> str:
        """The matched tokens, in lower case."""
        return " ".join(self.unit.words[self.first : self.last])

    def before(self, reach: int = _FAR) -> str:
        """Up to `reach` tokens before the match, with a space at either end."""
        return " " + "".join(
            w + " " for w in self.unit.words[max(0, self.first - reach) : self.first]
        )

    def after(self, reach: int = _FAR) -> str:
        """Up to `reach` tokens after the match, with a space at either end."""
        return "".join(" " + w for w in self.unit.words[self.last : self.last + reach]) + " "


@cache
def read_rules(file: str, layer: str) -> tuple[Rule, ...]:
    """The rules [[layer]] of a file of this folder, in its order.

    Raises RuleFileError for a missing, misspelt or wrongly typed key.
    """
    rules = []
    for entry in read_array(file, layer):
        entry.check_keys("name", "code", "patterns", "guards")
        rules.append(
            Rule(
                entry.text("name"),
                layer,
                entry.text("code", default="aware"),
                entry.texts("patterns"),
                entry.texts("guards", default=()),
            )
        )
    return tuple(rules)


class RuleBook:
    """Rules that are tried on a unit together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._patterns = token_patterns(dict(enumerate(rule.patterns for rule in self._rules)))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def candidates(self, unit: TokenizedUnit) -> Iterator[tuple[Rule, list[Candidate]]]:
        """Each rule that matches, in order, with its matches; guards are not yet applied."""
        for place, matches in self._patterns.find(unit.folded, unit.vocabulary).items():
            rule = self._rules[place]
            yield rule, [Candidate(unit, *unit.token_range(m), rule.name) for m in matches]


# ---------------------------------------------------------------------- cues


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of patterns, and what each match adds to the score of each role."""

    name: str
    patterns: tuple[str, ...]
    weight: Mapping[str, float]


@cache
def role_cues() -> tuple[Cue, ...]:
    """The cues of `role_cues.toml`, in its order."""
    cues = []
    for entry in read_array("role_cues.toml", "cue"):
        entry.check_keys("name", "patterns", "weight")
        cues.append(Cue(entry.text("name"), entry.texts("patterns"), entry.weights("weight")))
    return tuple(cues)


@cache
def _cue_patterns() -> PrefilteredPatterns[str]:
    return token_patterns({cue.name: cue.patterns for cue in role_cues()}, place="role_cues.toml")


def places_of_cues(unit: TokenizedUnit) -> dict[str, Places]:
    """Where the role cues match in a unit: name to places, in the order of the file."""
    # Several features of the role model ask; a unit is searched once.
    if unit.cue_places is None:
        matches = _cue_patterns().find(unit.folded, unit.vocabulary)
        unit.cue_places = {name: [unit.token_range(m) for m in ms] for name, ms in matches.items()}
    return unit.cue_places
