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

from lif_nlp.annotate.extensions import ACCEPT, accepted, add_mark
from lif_nlp.annotate.grammar import (
    OTHER,
    PERSON,
    SERVICE,
    THING,
    actor_class,
    class_of_subject,
    opens_with_imperative,
)
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.unit_rows import extra_rows, vectors_of
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.engine import Candidate, Rule, RuleBook, read_rules
from lif_nlp.annotate.thresholds import REASONS
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.protocols import Vectors
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
"""Kinds of contributory factor with a word list `kind_<name>` each.

Rules of `reason_narrative.toml` add "belief" and "external".
"""

_RULES = read_rules("reason_rules.toml", "rule")
_NARRATIVE = read_rules("reason_narrative.toml", "rule")

_COLUMNS = {rule.name: 3 * place for place, rule in enumerate(_RULES)}

NAMES: tuple[str, ...] = (
    *(f"{rule.name}:{part}" for rule in _RULES for part in ("met", "holds", "where")),
    *(f"kind:{kind}" for kind in KINDS),
    "kinds",
    *(f"{rule.name}:holds" for rule in _NARRATIVE),
)
"""Names of the columns of `reason_features`, as stored in trained models."""


@Language.factory("lif_reason", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_reason(nlp: Language, name: str) -> ReasonTagger:
    """The component that labels reasons."""
    resources = resources_of(nlp)
    return ReasonTagger(resources.model("why"), resources.model("reason"))


class ReasonTagger:
    """Labels of the layer "why", by a trained model or by rules alone.

    `kinds` is the model that tells the kinds of reason apart; without it the words of each
    kind decide.
    """

    def __init__(self, model: LinearModel | None = None, kinds: LinearModel | None = None) -> None:
        self.model, self.kinds = model, kinds

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with labels on its units."""
        units = units_of(doc)
        vectors = vectors_of(units) if self.model and self.model.probe.size else None
        if self.model is None or (self.model.probe.size and vectors is None):
            for unit in units:
                _label_by_rules(unit)
        elif units:
            self._label_by_model(self.model, units, vectors)
        return doc

    def _label_by_model(
        self, model: LinearModel, units: Sequence[TokenizedUnit], vectors: Vectors | None
    ) -> None:
        """Labels by the model, and by narrative rules that hold whatever it says."""
        texts = [unit.raw.strip() for unit in units]
        extra = [reason_features(unit) for unit in units]
        rows = extra_rows(extra, NAMES, model.features.extra)
        scores = model.scores(texts, vectors=vectors, extra=rows)[:, 0]
        review_from = model.uncertain["why"][0]
        for place, (unit, score) in enumerate(zip(units, map(float, scores), strict=True)):
            unit.span._.scores["why:why"] = score
            # Where the model is sure already, a rule adds nothing.
            if score < ACCEPT:
                _label_narrative(unit)
            if score < review_from:
                continue
            kind = kind_of(unit)
            if self.kinds is not None and score >= ACCEPT:
                own = None if vectors is None else vectors[place : place + 1]
                kind = _kind_by_model(self.kinds, texts[place], own, extra[place]) or kind
            _label(unit, _best_candidate(unit), score=score, by="model:why", kind=kind)


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
    rule_names = {rule.name for rule, _ in narrative_reasons(unit)}
    narrative = [float(rule.name in rule_names) for rule in _NARRATIVE]
    return [*row, *mentions, min(1.0, sum(mentions) / 3), *narrative]


def narrative_reasons(unit: TokenizedUnit) -> Iterator[tuple[Rule, Candidate]]:
    """Each rule of `reason_narrative.toml` that holds, with its first match."""
    for rule, candidates in _narrative_book().candidates(unit):
        holding = (c for c in candidates if all(GUARDS[name](c) for name in rule.guards))
        candidate = next(holding, None)
        if candidate:
            yield rule, candidate


@cache
def _narrative_book() -> RuleBook:
    return RuleBook(_NARRATIVE)


def _kind_by_model(
    model: LinearModel, text: str, vectors: Vectors | None, features: Sequence[float]
) -> str:
    extra = extra_rows([features], NAMES, model.features.extra)
    row = model.probabilities([text], vectors=vectors, extra=extra)[0]
    kind = model.labels[int(np.argmax(row))]
    # What a family did is no reason of practice: the words of the unit name the kind then.
    return "" if kind == "family" else kind


def _label_by_rules(unit: TokenizedUnit) -> None:
    for rule, _, holding in _matches(unit):
        if holding:
            _label(unit, holding[0], score=REASONS.by_rule, by=f"rule:{rule.name}")
    _label_narrative(unit)


def _label_narrative(unit: TokenizedUnit) -> None:
    for rule, candidate in narrative_reasons(unit):
        kind = rule.code or kind_of(unit)
        _label(unit, candidate, score=REASONS.by_rule, by=f"rule:{rule.name}", kind=kind)


def _label(
    unit: TokenizedUnit, candidate: Candidate | None, *, score: float, by: str, kind: str = ""
) -> None:
    evidence = unit.slice(candidate.first, candidate.last) if candidate else unit.span
    add_mark(
        unit.span,
        evidence,
        layer="why",
        code="why",
        score=round(score, 4),
        by=by,
        note=kind or kind_of(unit),
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


def reason_books() -> tuple[RuleBook, RuleBook]:
    """The rules that are features of the model alone, and those that give the label."""
    return _rule_book(), _narrative_book()


def kind_of(unit: TokenizedUnit) -> str:
    """The kind of factor whose words are most frequent in the unit, or ""."""
    matches = _kind_patterns().find(unit.folded, unit.vocabulary)
    # Of two equal kinds the first in the order of `KINDS`.
    return max(matches, key=lambda kind: len(matches[kind]), default="")


@cache
def _kind_patterns() -> PrefilteredPatterns[str]:
    """The words of each kind; of words that begin alike the longest matches."""
    entries = {kind: sorted(words(f"kind_{kind}"), key=len, reverse=True) for kind in KINDS}
    patterns = {kind: list(map(re.escape, phrases)) for kind, phrases in entries.items()}
    # A space before and after, as in `unit.folded`; the plural counts too.
    return PrefilteredPatterns(patterns, template=" (?:%s)(?=s? )")


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
    # "This also has meant that": the words between pronoun and verb name nothing.
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
    # "Should lead to" is hoped for, "did not lead to" did not happen.
    if _NOT_A_CAUSE.search(f" {candidate.text} ") or " not " in f" {candidate.text} ":
        return False
    return candidate.before(1).strip() not in _AIMS


def has_practice_factor(candidate: Candidate) -> bool:
    """A weak verb connects a factor of practice with its effect."""
    return bool(set(candidate.before(40).split()) & words("practice_factors"))


def cause_comes_first(candidate: Candidate) -> bool:
    """The cause comes before in the same unit, or after an opening "Consequently"."""
    # After an opening "Consequently" the cause is in the sentence before, which is not read.
    if candidate.first <= 1:
        return bool(set(candidate.unit.words) & words("practice_factors"))
    return len(candidate.before(40).split()) >= 4


def mentions_shortfall(candidate: Candidate) -> bool:
    """A circumstance counts if its effect is a shortfall."""
    return bool(set(candidate.unit.words) & words("shortfall"))


# "May" and "march" are verbs more often than months.
_DATES = re.compile(r"\d{4}|" + "|".join(sorted(words("months") - {"i", "may", "march"})))


def not_a_date(candidate: Candidate) -> bool:
    """Not "since 2014", nor "as the" of time."""
    return not _DATES.search(candidate.after(3))


# Words that only a service's work brings into a sentence.
_WORK = re.compile(
    r" (?:visits?|referrals?|assessments?|meetings?|conferences?|plans?|files?|forms?|calls?|"
    r"letters?|supervision|clinics?|cases?|threshold|records?|recorded|agenc(?:y|ies)|practice|practitioners?|"
    r"checks?|reviews?|services?|systems?|template|appointments?|interpreters?|safeguarding|"
    r"placements?|protocol|policy|procedure|closed|screened|contact|posts?|shift|screen|category) "
)


@cache
def _road_or_injury() -> frozenset[str]:
    return words("road_and_machines") | (words("injury_and_illness") - {"injury", "injuries"})


def is_reason_of_practice(candidate: Candidate) -> bool:
    """The unit is about work: it names a service or something that only a service does."""
    unit = candidate.unit
    if set(unit.words) & _road_or_injury() or unit.words[-1] == "?":
        return False
    if opens_with_imperative(unit.words):
        return False
    return any(actor_class(word) == SERVICE for word in unit.words) or bool(
        _WORK.search(unit.folded)
    )


_FAMILY_SAID = re.compile(
    r" (?:mother|father|mum|dad|she|he|parents|family|grandmother|aunt|uncle|child|boy|girl)"
    r"(?: has| had| also)? (?:said|says|told|explained|felt|moved|left|wanted|believed|thought)"
)


def not_a_family_reason(candidate: Candidate) -> bool:
    """Not a relative's own reason ("she said she moved because of the neighbours")."""
    unit = candidate.unit
    verb = next(
        (at for at, word in enumerate(unit.words) if at and word in words("auxiliaries")), 0
    )
    subject = class_of_subject(unit.words, candidate.first or verb, capitals=unit.capitals)
    if subject != OTHER:
        return True
    return not _FAMILY_SAID.search(unit.folded) and any(
        actor_class(word) == SERVICE for word in unit.words
    )


_GENERAL = re.compile(
    r" (?:was|were|had|did|felt|thought|believed|took|saw|told|feared|assumed|expected|\w+ed|made|"
    r"drew|is|are) "
)
_MODAL = re.compile(r" (?:should|must|will|may|might|can|shall) ")


def is_past_or_general(candidate: Candidate) -> bool:
    """What was so, not what should or may be."""
    near = candidate.before(4) + candidate.text + " "
    return bool(_GENERAL.search(candidate.unit.folded)) and not _MODAL.search(near)


def not_in_aware(candidate: Candidate) -> bool:
    """Not wording that takes the view from the time, which says why and is no shortfall."""
    offset = candidate.unit.span.start_char
    start = candidate.unit.span[candidate.first].idx - offset
    return all(
        not mark.start <= start < mark.end for mark in accepted(candidate.unit.span, "aware")
    )


_CONTRAST = re.compile(
    r" (?:not|no|nothing|never|rather|instead|only|alone|but|nobody|none|although|whatever|mark of"
    r"|matter of|kind of|sort of|adult|background|calls?) "
)


def mentions_a_contrast(candidate: Candidate) -> bool:
    """A framing says what a thing was taken for, against what it was not."""
    return bool(_CONTRAST.search(candidate.text + candidate.after(14)))


_WELL = re.compile(r" (?:well|highly|regularly|all|effective|good|comprehensive|better|now) ")


def not_praise_of_training(candidate: Candidate) -> bool:
    """Not "staff are well trained to recognise neglect"."""
    return not _WELL.search(candidate.before(5) + candidate.text + " ")


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
        is_reason_of_practice,
        not_a_family_reason,
        is_past_or_general,
        not_in_aware,
        mentions_a_contrast,
        not_praise_of_training,
    )
}
"""Every guard of reason_rules.toml by its name."""
