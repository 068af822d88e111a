"""Hindsight wording: past practice judged from where its outcome is known.

Rules over tokens find a candidate, guards look at its subject and surroundings
(see `hindsight_rules.toml` and the folder `guards`).  Wording that guards against
hindsight, or that clears practice, is marked `aware`; where it clears, it takes the
counterfactual and outcome hits that it speaks of with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.guards import GUARDS
from lif_nlp.annotate.phrase import Phrase, phrases_of
from lif_nlp.annotate.rules import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.speakers import speaker


@Language.factory("lif_hindsight", requires=["doc.sents"], assigns=["span._.marks"])
def make_hindsight(nlp: Language, name: str) -> Hindsight:
    """The component that marks hindsight wording and its opposite."""
    return Hindsight()


class Hindsight:
    """Gives marks of the layers "hindsight" and "aware"; the note says who speaks."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with marks on its units."""
        for phrase in phrases_of(doc):
            _mark(phrase)
        return doc


@cache
def hindsight_rules(layer: str) -> RuleBook:
    """The rules of one table ("rule", "clears" or "aware"), in the order they are asked."""
    files = tomllib.loads(Path(__file__).with_name("hindsight_rules.toml").read_text("utf-8"))
    return RuleBook([rule for file in files[layer] for rule in read_rules(file, layer)])


def hindsight_codes(phrase: Phrase) -> frozenset[str]:
    """The codes that hold for a phrase, "aware" among them."""
    return frozenset(rule.code for rule, _ in find_hindsight(phrase))


def find_hindsight(phrase: Phrase) -> Iterator[tuple[Rule, Candidate]]:
    """Each rule that holds, with the words that met it; cleared hits are left out."""
    clearing = list(_hits(phrase, hindsight_rules("clears")))
    yield from clearing
    yield from _hits(phrase, hindsight_rules("aware"))
    for rule, hit in _hits(phrase, hindsight_rules("rule")):
        if rule.code not in ("counterfactual", "outcome") or not _cleared(hit, clearing):
            yield rule, hit


def _mark(phrase: Phrase) -> None:
    voice = ""
    for rule, hit in find_hindsight(phrase):
        voice = voice or speaker(phrase)
        layer = "aware" if rule.code == "aware" else "hindsight"
        add_mark(
            phrase.unit,
            phrase.span(hit.first, hit.last),
            layer=layer,
            code=rule.code,
            by=f"rule:{rule.name}",
            note=voice,
        )


_CONDITIONS = ("had_been", "if_had")


def _hits(phrase: Phrase, kept: RuleBook) -> Iterator[tuple[Rule, Candidate]]:
    for rule, met in kept.candidates(phrase):
        for candidate in met:
            if all(GUARDS[name](candidate) for name in rule.guards):
                yield rule, candidate


def _cleared(hit: Candidate, clearing: list[tuple[Rule, Candidate]]) -> bool:
    """Whether words that clear practice cover the hit, or conclude its condition."""
    if hit.rule in _CONDITIONS and clearing:
        return True
    return any(clear.first < hit.last and hit.first < clear.last for _, clear in clearing)
