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
from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.rules.guards import GUARDS
from lif_nlp.annotate.rules.speakers import speaker
from lif_nlp.annotate.unit_tokens import Phrase, phrases_of


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
def hindsight_rules() -> RuleBook:
    """The rules of the tables "clears", "aware" and "rule", in the order they are asked."""
    source = files("lif_nlp.annotate.rules") / "hindsight_rules.toml"
    index = tomllib.loads(source.read_text("utf-8"))
    layers = ("clears", "aware", "rule")
    listed = ((file, layer) for layer in layers for file in index[layer])
    return RuleBook([rule for file, layer in listed for rule in read_rules(file, layer)])


def hindsight_codes(phrase: Phrase) -> frozenset[str]:
    """The codes that hold for a phrase, "aware" among them."""
    return frozenset(rule.code for rule, _ in find_hindsight(phrase))


def find_hindsight(phrase: Phrase) -> Iterator[tuple[Rule, Candidate]]:
    """Each rule that holds, with the words that met it; cleared hits are left out."""
    clearing: list[Candidate] = []
    for rule, hit in _hits(phrase):
        if rule.layer == "clears":
            clearing.append(hit)
        elif rule.code in ("counterfactual", "outcome") and _cleared(hit, clearing):
            continue
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


def _hits(phrase: Phrase) -> Iterator[tuple[Rule, Candidate]]:
    for rule, met in hindsight_rules().candidates(phrase):
        for candidate in met:
            if all(GUARDS[name](candidate) for name in rule.guards):
                yield rule, candidate


def _cleared(hit: Candidate, clearing: list[Candidate]) -> bool:
    """Whether words that clear practice cover the hit, or conclude its condition."""
    if hit.rule in _CONDITIONS and clearing:
        return True
    return any(clear.first < hit.last and hit.first < clear.last for clear in clearing)
