"""Role: strength, problem, action or context, from the words and the heading together.

The words are judged by a small trained model, or by weighed cues where none is
there.  A heading that takes a side decides for the bullets under it, which are
often bare noun phrases, and leans on the sentences of paragraphs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.role_features import NAMES, cue_scores, role_features, strongest_cue
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.headings import heading_side
from lif_nlp.annotate.unit_tokens import Phrase, phrases_of
from lif_nlp.records import ROLES

_LIST_KINDS = ("bullet", "table_row")
_FEW_WORDS, _FEWEST_WORDS = 7, 3
"""Most words of a bare subject: where the model finds no side in them, and where it does."""

_STATES = frozenset(
    {"is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "not"}
)


@Language.factory(
    "lif_role",
    requires=["doc.sents"],
    assigns=["span._.marks", "span._.scores"],
    default_config={"lean": 2.0},
)
def make_role(nlp: Language, name: str, lean: float) -> RoleTagger:
    """The component that gives each unit one role.

    `lean` is how many times likelier a heading makes its own side, as a power of e.
    """
    return RoleTagger(resources_of(nlp).model("role"), lean=lean)


class RoleTagger:
    """Gives one mark of the layer "role", and a score for each of the four."""

    def __init__(self, model: LinearModel | None = None, *, lean: float = 2.0) -> None:
        self.model = model
        self.lean = lean
        # By name: a model of last month may know other columns than the cues of today.
        places = {name: place for place, name in enumerate(NAMES)}
        extra = model.features.extra if model else ()
        self._columns = [places.get(name, len(NAMES)) for name in extra]

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with roles on its units."""
        side = heading_side(doc._.heading)
        for phrase in phrases_of(doc):
            scores = self._lean(self._scores(phrase), side)
            role, by = (
                max(ROLES, key=lambda r: scores[r]),
                "model:role" if self.model else "rule:cues",
            )
            # A paragraph is cut into units; a loose text is one, and may be a bullet
            listed = doc._.kind in _LIST_KINDS or (doc._.whole and _bare(phrase, role))
            if side in ("strength", "problem", "action") and listed:
                role, by = _listed_role(side, scores), f"heading:{side}"
                scores = {r: (0.9 if r == role else s / 10) for r, s in scores.items()}
            self._mark(phrase, role, scores, by)
        return doc

    def _scores(self, phrase: Phrase) -> Mapping[str, float]:
        """Probability of each role from the words alone."""
        vector = phrase.unit._.vector
        if self.model is None or (self.model.probe.size and vector is None):
            return _softmax(cue_scores(phrase))
        vectors = None if vector is None else vector.reshape(1, -1)
        codes = {m.code for m in phrase.unit._.marks if m.layer in ("hindsight", "aware")}
        counted = [*role_features(phrase, codes), 0.0]
        extra = [[counted[column] for column in self._columns]]
        row = self.model.probabilities([phrase.raw.strip()], vectors=vectors, extra=extra)[0]
        return dict(zip(self.model.labels, map(float, row), strict=True))

    def _lean(self, scores: Mapping[str, float], side: str) -> Mapping[str, float]:
        if not side:
            return scores
        weighed = {r: s * (math.exp(self.lean) if r == side else 1.0) for r, s in scores.items()}
        total = sum(weighed.values())
        return {r: s / total for r, s in weighed.items()}

    def _mark(self, phrase: Phrase, role: str, scores: Mapping[str, float], by: str) -> None:
        unit = phrase.unit
        kept = unit._.scores
        for name, score in scores.items():
            kept[f"role:{name}"] = score
        place = strongest_cue(phrase, role)
        evidence = phrase.span(*place) if place else unit
        # The chosen role is the label even where its probability is below a half.
        add_mark(unit, evidence, layer="role", code=role, score=max(0.5, scores[role]), by=by)
        kept[f"role:{role}"] = scores[role]


def _bare(phrase: Phrase, role: str) -> bool:
    """Whether a few words say nothing by themselves: a bare subject under its heading."""
    few = len(phrase.vocabulary) <= (_FEW_WORDS if role == "context" else _FEWEST_WORDS)
    return few and phrase.vocabulary.isdisjoint(_STATES)


def _listed_role(side: str, scores: Mapping[str, float]) -> str:
    """A bullet takes the side of its heading; one that asks for a step is an action."""
    asks = scores["action"] > max(scores["problem"], scores["strength"], scores["context"])
    return "action" if side == "problem" and asks else side


def _softmax(sums: Mapping[str, float]) -> dict[str, float]:
    powers = {role: math.exp(value) for role, value in sums.items()}
    total = sum(powers.values())
    return {role: power / total for role, power in powers.items()}
