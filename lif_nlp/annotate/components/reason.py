"""Why: the sentence states a reason or contributory factor for how practice was.

The cause must stand in the sentence itself: "this means that ..." alone gives none.
The note of a mark names the kind of factor where the words say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.grammatical_subject import OTHER, PERSON, SERVICE, THING, side
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.unit_tokens import Phrase, phrases_of
from lif_nlp.text.pattern_set import Wordings
from lif_nlp.text.word_lists import words

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


_RULES = read_rules("reason_rules.toml", "rule")

_COLUMNS = {rule.name: 3 * place for place, rule in enumerate(_RULES)}

NAMES: tuple[str, ...] = (
    *(f"{rule.name}:{part}" for rule in _RULES for part in ("met", "holds", "where")),
    *(f"kind:{kind}" for kind in KINDS),
    "kinds",
)
"""Names of the columns of `reason_features`."""


@Language.factory("lif_reason", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_reason(nlp: Language, name: str) -> Reason:
    """The component that marks reasons."""
    return Reason(resources_of(nlp).model("why"))


class Reason:
    """Gives marks of the layer "why", by a trained model or by rules alone."""

    def __init__(self, model: LinearModel | None = None) -> None:
        self.model = model
        self._least = model.uncertain["why"][0] if model else 0.0

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with marks on its units."""
        phrases = phrases_of(doc)
        if self.model is None or (
            self.model.probe.size and any(p.unit._.vector is None for p in phrases)
        ):
            for phrase in phrases:
                _mark_ruled(phrase)
        elif phrases:
            _mark_weighed(self.model, phrases, least=self._least)
        return doc


def reason_features(phrase: Phrase) -> list[float]:
    """One row of numbers in 0..1, in the order of `NAMES`.

    For each rule: whether its words are met, whether its guards hold as well, and
    how late in the sentence; then which kinds of factor are spoken of.
    """
    row = [0.0] * (3 * len(_RULES))
    for rule, met, held in _places(phrase):
        first = (held or met)[0].first / len(phrase.words)
        at = _COLUMNS[rule.name]
        row[at : at + 3] = [1.0, float(bool(held)), first]
    found = _kinds().find(phrase.text, phrase.vocabulary)
    spoken = [float(kind in found) for kind in KINDS]
    return [*row, *spoken, min(1.0, sum(spoken) / 3)]


def _mark_weighed(model: LinearModel, phrases: Sequence[Phrase], *, least: float) -> None:
    """Marks with the model's strength: 0.5 and more is given, from `least` it is for review."""
    vectors = np.stack([p.unit._.vector for p in phrases]) if model.probe.size else None
    strengths = model.strengths(
        [phrase.raw.strip() for phrase in phrases],
        vectors=vectors,
        extra=[reason_features(phrase) for phrase in phrases],
    )[:, 0]
    for phrase, strength in zip(phrases, map(float, strengths), strict=True):
        if strength >= least:
            _mark(phrase, _best_place(phrase), score=strength, by="model:why")


def _mark_ruled(phrase: Phrase) -> None:
    for rule, _, held in _places(phrase):
        if held:
            _mark(phrase, held[0], score=0.8, by=f"rule:{rule.name}")


def _mark(phrase: Phrase, at: Candidate | None, *, score: float, by: str) -> None:
    evidence = phrase.span(at.first, at.last) if at else phrase.unit
    add_mark(
        phrase.unit,
        evidence,
        layer="why",
        code="why",
        score=round(score, 4),
        by=by,
        note=kind_of(phrase),
    )


def _best_place(phrase: Phrase) -> Candidate | None:
    """Where a rule holds, or at least its words stand."""
    places = list(_places(phrase))
    found = [held[0] for _, _, held in places if held] or [met[0] for _, met, _ in places]
    return found[0] if found else None


def _places(phrase: Phrase) -> Iterator[tuple[Rule, list[Candidate], list[Candidate]]]:
    """Each rule that is met, where its words stand, and where its guards hold as well."""
    for rule, met in _rule_book().candidates(phrase):
        yield rule, met, [c for c in met if all(GUARDS[name](c) for name in rule.guards)]


@cache
def _rule_book() -> RuleBook:
    return RuleBook(_RULES)


def kind_of(phrase: Phrase) -> str:
    """The kind of factor whose words stand most often in the unit, or ""."""
    found = _kinds().find(phrase.text, phrase.vocabulary)
    return max(found, key=lambda kind: len(found[kind]), default="")


@cache
def _kinds() -> Wordings[str]:
    """The words of each kind; of those that begin alike the longest is met."""
    listed = {kind: sorted(words(f"kind_{kind}"), key=len, reverse=True) for kind in KINDS}
    escaped = {kind: list(map(re.escape, entries)) for kind, entries in listed.items()}
    return Wordings(escaped, shell=" (?:%s)(?=s? )")


# ------------------------------------------------------------------- guards

_BARE = frozenset(["this", "these", "it", "that", "which", "they", "those", "there"])
_LINKS = frozenset(["also", "however", "and", "can", "has", "have", "had", "may", "not"])


def of_practice(candidate: Candidate) -> bool:
    """Practice is spoken of, and no accident, injury, cause of death or family matter."""
    known = set(candidate.phrase.words)
    if known & words("road") or known & words("body"):
        return False
    sides = {side(w) for w in known}
    if SERVICE in sides or known & words("practice_words"):
        return True
    return not sides & {OTHER, PERSON, THING}


def cause_is_named(candidate: Candidate) -> bool:
    """More than a pronoun stands before: "this means that" names no cause."""
    before = [w for w in candidate.before(40).split() if w.isalpha() or w == ";"]
    while before and before[-1] in _LINKS - {"and"}:
        before.pop()
    content = [w for w in before if w not in _BARE and w not in _LINKS]
    if not before or not content:
        return False
    # "..., and this has led to": the cause is the clause before.
    joined = before[-2:-1] in (["and"], [";"])
    return before[-1] not in _BARE - {"which"} or joined


_DEATH = re.compile(
    r" (?:deaths?|died|suicide|fire|collision|accident|absconsion|take (?:his|her) own|by|:) "
)


def not_of_a_death(candidate: Candidate) -> bool:
    """Not the cause of a death or an accident: that is the coroner's matter, not practice."""
    return not _DEATH.search(candidate.after(6))


_NOT_A_CAUSE = re.compile(r" (?:should|could|would|will|help|helps) ")
_AIMS = frozenset(["should", "to", "must", "will", "could", "would", "can", "all", "not"])


def no_aim(candidate: Candidate) -> bool:
    """Something came about: not what should lead, or is meant to lead, to something."""
    if _NOT_A_CAUSE.search(f" {candidate.found} ") or " not " in f" {candidate.found} ":
        return False
    return candidate.before(1).strip() not in _AIMS


def factor_of_practice(candidate: Candidate) -> bool:
    """A weak verb joins a factor of practice to what came of it."""
    return bool(set(candidate.before(40).split()) & words("factors"))


def cause_comes_first(candidate: Candidate) -> bool:
    """The cause stands before in the same sentence, or after "Consequently" and its kin."""
    if candidate.first <= 1:
        return bool(set(candidate.phrase.words) & words("factors"))
    return len(candidate.before(40).split()) >= 4


def fell_short(candidate: Candidate) -> bool:
    """A circumstance counts where the effect is a shortfall."""
    return bool(set(candidate.phrase.words) & words("shortfall"))


_DATES = re.compile(r"\d{4}|" + "|".join(sorted(words("months") - {"i", "may", "march"})))


def no_date(candidate: Candidate) -> bool:
    """Not "since 2014" nor "as the" of time."""
    return not _DATES.search(candidate.after(3))


GUARDS: dict[str, Callable[[Candidate], bool]] = {
    test.__name__: test
    for test in (
        of_practice,
        cause_is_named,
        no_aim,
        not_of_a_death,
        factor_of_practice,
        cause_comes_first,
        fell_short,
        no_date,
    )
}
