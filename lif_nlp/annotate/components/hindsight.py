"""Hindsight wording: past practice judged with knowledge of its outcome.

Patterns over tokens find a candidate, guards check its subject and surroundings (see
`hindsight_rules.toml` and the folder `guards`).  Wording that warns against hindsight, or
that clears practice, is labelled `aware`; where it clears practice, the counterfactual and
outcome wording within it is not labelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.rules.guards import GUARDS
from lif_nlp.annotate.rules.speakers import speaker
from lif_nlp.annotate.rules.toml_rules import read_file
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of

_LAYERS = ("clears", "aware", "rule")
"""Tables of rules in the order in which they are tried; what clears practice comes first."""

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
    clearances: list[Candidate] = []
    for rule, candidate in _candidates(unit):
        if rule.layer == "clears":
            clearances.append(candidate)
        elif rule.code in ("counterfactual", "outcome") and _is_cleared(candidate, clearances):
            continue
        yield rule, candidate


def _label(unit: TokenizedUnit) -> None:
    voice = ""
    for rule, candidate in find_hindsight(unit):
        voice = voice or speaker(unit)
        layer = "aware" if rule.code == "aware" else "hindsight"
        add_mark(
            unit.span,
            unit.slice(candidate.first, candidate.last),
            layer=layer,
            code=rule.code,
            by=f"rule:{rule.name}",
            note=voice,
        )


def _candidates(unit: TokenizedUnit) -> Iterator[tuple[Rule, Candidate]]:
    for rule, candidates in hindsight_rules().candidates(unit):
        for candidate in candidates:
            if all(GUARDS[name](candidate) for name in rule.guards):
                yield rule, candidate


def _is_cleared(candidate: Candidate, clearances: list[Candidate]) -> bool:
    """Whether clearing words overlap the candidate, or conclude its condition."""
    if candidate.rule in _CONDITIONS and clearances:
        return True
    return any(c.first < candidate.last and candidate.first < c.last for c in clearances)
