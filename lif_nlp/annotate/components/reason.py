"""Why: the unit states a reason or contributory factor for how practice was.

The cause must be in the unit itself: "this means that ..." alone gives none.  The note of
the evidence names the kind of factor where the words show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.grammar import OTHER, PERSON, SERVICE, THING, actor_class
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.thresholds import REASONS
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.text.pattern_set import PrefilteredPatterns
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
"""Names of the columns of `reason_features`, as stored in trained models."""


@Language.factory("lif_reason", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_reason(nlp: Language, name: str) -> ReasonTagger:
    """The component that labels reasons."""
    return ReasonTagger(resources_of(nlp).model("why"))


class ReasonTagger:
    """Labels of the layer "why", by a trained model or by rules alone."""

    def __init__(self, model: LinearModel | None = None) -> None:
        self.model = model
        self._review_from = model.uncertain["why"][0] if model else 0.0

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with labels on its units."""
        units = units_of(doc)
        if self.model is None or (
            self.model.probe.size and any(unit.span._.vector is None for unit in units)
        ):
            for unit in units:
                _label_by_rules(unit)
        elif units:
            _label_by_model(self.model, units, review_from=self._review_from)
        return doc


def reason_features(unit: TokenizedUnit) -> list[float]:
    """One row of numbers in 0..1, in the order of `NAMES`.

    For each rule: whether it matches, whether its guards hold as well, and how late in the
    unit; then which kinds of factor are mentioned.
    """
    row = [0.0] * (3 * len(_RULES))
    for rule, candidates, holding in _matches(unit):
        position = (holding or candidates)[0].first / len(unit.words)
        column = _COLUMNS[rule.name]
        row[column : column + 3] = [1.0, float(bool(holding)), position]
    kinds = _kind_patterns().find(unit.folded, unit.vocabulary)
    mentions = [float(kind in kinds) for kind in KINDS]
    return [*row, *mentions, min(1.0, sum(mentions) / 3)]


def _label_by_model(
    model: LinearModel, units: Sequence[TokenizedUnit], *, review_from: float
) -> None:
    vectors = np.stack([unit.span._.vector for unit in units]) if model.probe.size else None
    scores = model.scores(
        [unit.raw.strip() for unit in units],
        vectors=vectors,
        extra=[reason_features(unit) for unit in units],
    )[:, 0]
    for unit, score in zip(units, map(float, scores), strict=True):
        if score >= review_from:
            _label(unit, _best_candidate(unit), score=score, by="model:why")


def _label_by_rules(unit: TokenizedUnit) -> None:
    for rule, _, holding in _matches(unit):
        if holding:
            _label(unit, holding[0], score=REASONS.by_rule, by=f"rule:{rule.name}")


def _label(unit: TokenizedUnit, candidate: Candidate | None, *, score: float, by: str) -> None:
    evidence = unit.slice(candidate.first, candidate.last) if candidate else unit.span
    add_mark(
        unit.span,
        evidence,
        layer="why",
        code="why",
        score=round(score, 4),
        by=by,
        note=kind_of(unit),
    )


def _best_candidate(unit: TokenizedUnit) -> Candidate | None:
    """The first match of a rule that holds, or else of any rule."""
    matches = list(_matches(unit))
    best = [holding[0] for _, _, holding in matches if holding]
    best = best or [candidates[0] for _, candidates, _ in matches]
    return best[0] if best else None


def _matches(unit: TokenizedUnit) -> Iterator[tuple[Rule, list[Candidate], list[Candidate]]]:
    """Each rule that matches, with all its matches and those whose guards hold."""
    for rule, candidates in _rule_book().candidates(unit):
        holding = [c for c in candidates if all(GUARDS[name](c) for name in rule.guards)]
        yield rule, candidates, holding


@cache
def _rule_book() -> RuleBook:
    return RuleBook(_RULES)


def kind_of(unit: TokenizedUnit) -> str:
    """The kind of factor whose words are most frequent in the unit, or ""."""
    matches = _kind_patterns().find(unit.folded, unit.vocabulary)
    return max(matches, key=lambda kind: len(matches[kind]), default="")


@cache
def _kind_patterns() -> PrefilteredPatterns[str]:
    """The words of each kind; of words that begin alike the longest matches."""
    entries = {kind: sorted(words(f"kind_{kind}"), key=len, reverse=True) for kind in KINDS}
    escaped = {kind: list(map(re.escape, listed)) for kind, listed in entries.items()}
    return PrefilteredPatterns(escaped, template=" (?:%s)(?=s? )")


# ------------------------------------------------------------------- guards

_PRONOUNS = frozenset(["this", "these", "it", "that", "which", "they", "those", "there"])
_LINKS = frozenset(["also", "however", "and", "can", "has", "have", "had", "may", "not"])


def is_about_practice(candidate: Candidate) -> bool:
    """The unit is about practice, not an accident, injury, cause of death or family matter."""
    in_unit = set(candidate.unit.words)
    if in_unit & words("road_and_machines") or in_unit & words("injury_and_illness"):
        return False
    classes = {actor_class(w) for w in in_unit}
    if SERVICE in classes or in_unit & words("practice_words"):
        return True
    return not classes & {OTHER, PERSON, THING}


def cause_is_named(candidate: Candidate) -> bool:
    """More than a pronoun comes before: "this means that" names no cause."""
    before = [w for w in candidate.before(40).split() if w.isalpha() or w == ";"]
    while before and before[-1] in _LINKS - {"and"}:
        before.pop()
    content = [w for w in before if w not in _PRONOUNS and w not in _LINKS]
    if not before or not content:
        return False
    # "..., and this has led to": the cause is the clause before.
    follows_clause = before[-2:-1] in (["and"], [";"])
    return before[-1] not in _PRONOUNS - {"which"} or follows_clause


_DEATH = re.compile(
    r" (?:deaths?|died|suicide|fire|collision|accident|absconsion|take (?:his|her) own|by|:) "
)


def not_the_cause_of_a_death(candidate: Candidate) -> bool:
    """Not the cause of a death or an accident: that is for the coroner, not practice."""
    return not _DEATH.search(candidate.after(6))


_NOT_A_CAUSE = re.compile(r" (?:should|could|would|will|help|helps) ")
_AIMS = frozenset(["should", "to", "must", "will", "could", "would", "can", "all", "not"])


def is_effect_not_aim(candidate: Candidate) -> bool:
    """Something came about: not what should lead, or is meant to lead, to something."""
    if _NOT_A_CAUSE.search(f" {candidate.text} ") or " not " in f" {candidate.text} ":
        return False
    return candidate.before(1).strip() not in _AIMS


def has_practice_factor(candidate: Candidate) -> bool:
    """A weak verb connects a factor of practice with its effect."""
    return bool(set(candidate.before(40).split()) & words("practice_factors"))


def cause_comes_first(candidate: Candidate) -> bool:
    """The cause comes before in the same unit, or after an opening "Consequently"."""
    if candidate.first <= 1:
        return bool(set(candidate.unit.words) & words("practice_factors"))
    return len(candidate.before(40).split()) >= 4


def mentions_shortfall(candidate: Candidate) -> bool:
    """A circumstance counts if its effect is a shortfall."""
    return bool(set(candidate.unit.words) & words("shortfall"))


_DATES = re.compile(r"\d{4}|" + "|".join(sorted(words("months") - {"i", "may", "march"})))


def not_a_date(candidate: Candidate) -> bool:
    """Not "since 2014", nor "as the" of time."""
    return not _DATES.search(candidate.after(3))


GUARDS: dict[str, Callable[[Candidate], bool]] = {
    test.__name__: test
    for test in (
        is_about_practice,
        cause_is_named,
        is_effect_not_aim,
        not_the_cause_of_a_death,
        has_practice_factor,
        cause_comes_first,
        mentions_shortfall,
        not_a_date,
    )
}
"""Every guard of reason_rules.toml by its name."""
