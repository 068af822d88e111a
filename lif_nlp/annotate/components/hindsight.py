"""Hindsight wording: past practice judged with knowledge of its outcome.

Patterns over tokens find a candidate, guards check its subject and surroundings (see
`hindsight_rules.toml` and the folder `guards`).  Wording that warns against hindsight, or
that clears practice, is labelled `aware`; where it clears practice, the counterfactual and
outcome wording within it is not labelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.rules.guards import GUARDS
from lif_nlp.annotate.rules.guards.kinds import kind_of_guard
from lif_nlp.annotate.rules.speakers import speaker
from lif_nlp.annotate.rules.toml_rules import read_file
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.records import HELD, LabelEvidence

_LAYERS = ("clears", "denies", "aware", "rule")
"""Tables of rules in the order in which they are tried; what clears practice comes first."""

CLEARED, DENIED = "cleared", "denied"
"""What holds a match back that its guards let pass: words that clear practice, or that deny
hindsight only to judge all the same."""

_CONDITIONS = ("had_been", "if_had")
"""Rules whose match is a condition ("had the visit been made"), which its conclusion clears."""


@Language.factory("lif_hindsight", requires=["doc.sents"], assigns=["span._.marks"])
def make_hindsight(nlp: Language, name: str) -> HindsightTagger:
    """The component that labels hindsight wording, and wording that guards against it."""
    return HindsightTagger()


class HindsightTagger:
    """Labels of the layers "hindsight" and "aware"; the note says who speaks."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with labels on its units."""
        for unit in units_of(doc):
            _label(unit)
        return doc


@cache
def hindsight_rules() -> RuleBook:
    """All rules, in the order of `_LAYERS` and of the files that hindsight_rules.toml lists."""
    index = read_file("hindsight_rules.toml")
    files = ((file, layer) for layer in _LAYERS for file in index.texts(layer))
    return RuleBook([rule for file, layer in files for rule in read_rules(file, layer)])


def hindsight_codes(unit: TokenizedUnit) -> frozenset[str]:
    """The codes that hold for a unit, "aware" among them."""
    return frozenset(rule.code for rule, _ in find_hindsight(unit))


def find_hindsight(unit: TokenizedUnit) -> Iterator[tuple[Rule, Candidate]]:
    """Each rule that holds, with the words that show it; cleared wording is left out."""
    return ((match.rule, match.candidate) for match in match_rules(unit) if not match.held_by)


class Match(NamedTuple):
    """A match of a rule, and what holds it back: a guard, "cleared", "denied", or nothing."""

    rule: Rule
    candidate: Candidate
    held_by: str = ""


def match_rules(unit: TokenizedUnit) -> Iterator[Match]:
    """Every match of every rule, also those that do not count."""
    clearances: list[Candidate] = []
    denials: list[Candidate] = []
    for rule, candidate, guard in _candidates(unit):
        held_by = guard
        if not guard:
            if rule.layer == "clears":
                clearances.append(candidate)
            elif rule.layer == "denies":
                denials.append(candidate)
            # "Nobody considered what was known at the time" holds the words, and no awareness.
            elif rule.layer == "aware" and _overlaps(candidate, denials):
                held_by = DENIED
            elif rule.code in ("counterfactual", "outcome") and _is_cleared(candidate, clearances):
                held_by = CLEARED
        yield Match(rule, candidate, held_by)


def _label(unit: TokenizedUnit) -> None:
    voice = ""
    held_matches: dict[str, Match] = {}
    codes: set[str] = set()
    for match in match_rules(unit):
        rule, candidate, held_by = match
        if held_by:
            held_matches.setdefault(rule.code, match)
            continue
        # Asked for once, and only where something was found: it walks the whole unit.
        voice = voice or speaker(unit)
        codes.add(rule.code)
        add_mark(
            unit.span,
            unit.slice(candidate.first, candidate.last),
            layer="aware" if rule.code == "aware" else "hindsight",
            code=rule.code,
            by=f"rule:{rule.name}",
            note=voice,
        )
    for code, match in held_matches.items():
        # What is held back matters only where no other words earn the same label.
        if code not in codes and code != "aware":
            _hold_back(unit, match)


def _hold_back(unit: TokenizedUnit, match: Match) -> None:
    """Keep a match that does not count, so that a person can see what the guards hold back.

    Its score is 0: it is no label, and no doubtful one that goes to review.
    """
    words = unit.slice(match.candidate.first, match.candidate.last)
    start = words.start_char - unit.span.start_char
    end = words.end_char - unit.span.start_char
    unit.span._.marks.append(
        LabelEvidence(
            HELD,
            match.rule.code,
            start,
            end,
            0.0,
            f"guard:{match.held_by}",
            kind_of_guard(match.held_by),
        )
    )


def _candidates(unit: TokenizedUnit) -> Iterator[tuple[Rule, Candidate, str]]:
    """Each match of a rule, with the name of the guard that holds it back, or ""."""
    for rule, candidates in hindsight_rules().candidates(unit):
        for candidate in candidates:
            yield rule, candidate, next((n for n in rule.guards if not GUARDS[n](candidate)), "")


def _is_cleared(candidate: Candidate, clearances: list[Candidate]) -> bool:
    """Whether clearing words overlap the candidate, or conclude its condition."""
    if candidate.rule in _CONDITIONS and clearances:
        return True
    return _overlaps(candidate, clearances)


def _overlaps(candidate: Candidate, others: list[Candidate]) -> bool:
    return any(c.first < candidate.last and candidate.first < c.last for c in others)
