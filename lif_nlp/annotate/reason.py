"""Why: the sentence states a reason or contributory factor for how practice was.

The cause must stand in the sentence itself: "this means that ..." alone gives none.
The note of a mark names the kind of factor where the words say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.phrase import Phrase
from lif_nlp.annotate.rules import Candidate, Rule, candidates, read_rules
from lif_nlp.annotate.subjects import SERVICE, side
from lif_nlp.annotate.words import words

KINDS = (
    "workload",
    "training",
    "systems",
    "procedure",
    "supervision",
    "culture",
    "resources",
    "information",
)
"""Kinds of contributory factor, each with a word list `kind_<name>`."""


@Language.factory("lif_reason", requires=["doc.sents"], assigns=["span._.marks"])
def make_reason(nlp: Language, name: str) -> Reason:
    """The component that marks reasons."""
    return Reason()


class Reason:
    """Gives marks of the layer "why"."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with marks on its units."""
        for unit in doc.sents:
            phrase = Phrase(unit)
            for rule in read_rules("reason_rules.toml", "rule"):
                _mark_first(unit, phrase, rule)
        return doc


def _mark_first(unit: Span, phrase: Phrase, rule: Rule) -> None:
    for candidate in candidates(rule, phrase):
        if all(GUARDS[name](candidate) for name in rule.guards):
            evidence = phrase.span(candidate.first, candidate.last)
            add_mark(
                unit,
                evidence,
                layer="why",
                code="why",
                score=0.8,
                by=f"rule:{rule.name}",
                note=kind_of(phrase),
            )
            return


def kind_of(phrase: Phrase) -> str:
    """The kind of factor whose words stand most often in the unit, or ""."""
    counts = {kind: len(_kind_pattern(kind).findall(phrase.text)) for kind in KINDS}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else ""


@cache
def _kind_pattern(kind: str) -> re.Pattern[str]:
    entries = sorted(words(f"kind_{kind}"), key=len, reverse=True)
    return re.compile(r"(?<= )(?:" + "|".join(map(re.escape, entries)) + r")(?=s? )")


# ------------------------------------------------------------------- guards

_BARE = frozenset(["this", "these", "it", "that", "which", "they", "those", "there"])


def about_practice(candidate: Candidate) -> bool:
    """Practice is spoken of, and no accident, injury or cause of death."""
    known = set(candidate.phrase.words)
    if known & words("road") or known & words("body"):
        return False
    return SERVICE in {side(w) for w in known} or bool(known & words("practice_words"))


def cause_is_named(candidate: Candidate) -> bool:
    """More than a pronoun stands before: "this means that" names no cause."""
    before = [w for w in re.split(r" [.;] ", candidate.before(40))[-1].split() if w.isalpha()]
    return (
        len([w for w in before if w not in _BARE and w not in ("also", "however", "and", "can")])
        >= 3
    )


def effect_on_practice(candidate: Candidate) -> bool:
    """The verb joins a factor of practice to what came of it."""
    if _NOT_A_CAUSE.search(f" {candidate.found} "):
        return False
    if candidate.first and candidate.phrase.words[candidate.first - 1] in (
        "should",
        "to",
        "must",
        "will",
        "all",
    ):
        return False
    return bool(set(candidate.before(40).split()) & words("factors"))


_NOT_A_CAUSE = re.compile(r" (?:should|could|would|will|not|help|helps) | (?:all|any|some) means ")


def cause_comes_first(candidate: Candidate) -> bool:
    """The cause stands before in the same sentence."""
    return len(candidate.before(40).split()) >= 5


def weak_reason(candidate: Candidate) -> bool:
    """A circumstance counts where the effect is a shortfall."""
    return bool(set(candidate.phrase.words) & words("shortfall"))


GUARDS: dict[str, Callable[[Candidate], bool]] = {
    g.__name__: g
    for g in (about_practice, cause_is_named, effect_on_practice, cause_comes_first, weak_reason)
}
