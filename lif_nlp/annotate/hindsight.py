"""Hindsight wording: past practice judged from where its outcome is known.

Rules over tokens find a candidate, guards look at its subject and surroundings
(see `hindsight_rules.toml` and `hindsight_guards.py`).  Wording that guards against
hindsight, or that clears practice, is marked `aware`; where it clears, it takes the
counterfactual and outcome hits that it speaks of with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.guards import GUARDS
from lif_nlp.annotate.phrase import Phrase
from lif_nlp.annotate.rules import Candidate, Rule, candidates, read_rules
from lif_nlp.annotate.speakers import speaker


@Language.factory("lif_hindsight", requires=["doc.sents"], assigns=["span._.marks"])
def make_hindsight(nlp: Language, name: str) -> Hindsight:
    """The component that marks hindsight wording and its opposite."""
    return Hindsight()


class Hindsight:
    """Gives marks of the layers "hindsight" and "aware"; the note says who speaks."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with marks on its units."""
        for unit in doc.sents:
            _mark(unit)
        return doc


def _mark(unit: Span) -> None:
    phrase = Phrase(unit)
    clearing = list(_hits(phrase, _rules("clears")))
    voice = speaker(unit)
    for rule, hit in clearing:
        _add(hit, rule, layer="aware", code="aware", note=voice)
    for rule, hit in _hits(phrase, _rules("aware")):
        _add(hit, rule, layer="aware", code="aware", note=voice)
    for rule, hit in _hits(phrase, _rules("rule")):
        if rule.code in ("counterfactual", "outcome") and _cleared(hit, clearing):
            continue
        _add(hit, rule, layer="hindsight", code=rule.code, note=voice)


def _rules(layer: str) -> tuple[Rule, ...]:
    return read_rules("hindsight_rules.toml", layer)


def _hits(phrase: Phrase, kept: tuple[Rule, ...]) -> Iterator[tuple[Rule, Candidate]]:
    for rule in kept:
        for candidate in candidates(rule, phrase):
            if all(GUARDS[name](candidate) for name in rule.guards):
                yield rule, candidate


def _cleared(hit: Candidate, clearing: list[tuple[Rule, Candidate]]) -> bool:
    """Whether words that clear practice cover the hit."""
    return any(clear.first < hit.last and hit.first < clear.last for _, clear in clearing)


def _add(hit: Candidate, rule: Rule, *, layer: str, code: str, note: str) -> None:
    evidence = hit.phrase.span(hit.first, hit.last)
    add_mark(hit.phrase.unit, evidence, layer=layer, code=code, by=f"rule:{rule.name}", note=note)
