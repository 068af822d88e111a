"""Hindsight, awareness of it, and whose practice it is: what trained models add to the rules.

The rules label first (`hindsight`).  A model then gives each code a score, and a label where
its threshold is reached and no rule has fired: the evidence is then the whole unit, and
`attribution` finds the words that decided when a person asks.  A score just below the
threshold goes to review.  Scores of all codes, and of all actors, stay with the unit.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import ACCEPT, add_mark
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.role_features import model_scores
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.speakers import speaker
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of

AWARE = "aware"

BY = "model:hindsight"
"""Source of evidence that no rule gave."""


@Language.factory(
    "lif_judgement", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_judgement(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that adds hindsight, awareness and actors by trained models."""
    resources = resources_of(nlp)
    return JudgementTagger(resources.model("hindsight"), resources.model("actor"))


class JudgementTagger:
    """Labels of the layers "hindsight" and "aware", and scores "actor:<code>"."""

    def __init__(self, hindsight: LinearModel | None, actor: LinearModel | None) -> None:
        self.hindsight, self.actor = hindsight, actor
        self._actor_keys = [f"actor:{code}" for code in actor.labels] if actor else []

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with labels and scores on its units."""
        units = units_of(doc)
        if not units:
            return doc
        if (scores := model_scores(self.hindsight, units)) is not None and self.hindsight:
            bounds = self.hindsight.uncertain
            for unit, row in zip(units, scores, strict=True):
                _label(unit, dict(zip(self.hindsight.labels, map(float, row), strict=True)), bounds)
        if (scores := model_scores(self.actor, units)) is not None and self.actor:
            for unit, row in zip(units, scores, strict=True):
                shares = zip(self._actor_keys, map(float, row), strict=True)
                unit.span._.scores.update(shares)
        return doc


def _label(
    unit: TokenizedUnit, scores: dict[str, float], bounds: dict[str, tuple[float, float]]
) -> None:
    marks, all_scores = unit.span._.marks, unit.span._.scores
    by_rule = {m.code for m in marks if m.layer in ("hindsight", AWARE) and m.score >= ACCEPT}
    for code, score in scores.items():
        layer = AWARE if code == AWARE else "hindsight"
        # A rule shows its words, which a model cannot: its label is not doubled.
        if code in by_rule:
            continue
        all_scores[f"{layer}:{code}"] = score
        if score >= bounds[code][0]:
            note = speaker(unit) if layer == "hindsight" else ""
            add_mark(unit.span, unit.span, layer=layer, code=code, score=score, by=BY, note=note)
