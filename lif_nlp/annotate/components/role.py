"""Role: strength, problem, action or context, from the words and the heading together.

The words are judged by a small trained model, or by weighted cues under rules alone.  A
heading that implies a role decides for the list entries under it, which are often bare
noun phrases, and shifts the probabilities of sentences in paragraphs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.role_features import (
    cue_scores,
    model_scores,
    role_shares,
    strongest_cue,
)
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.headings import is_about_the_review, role_of_heading
from lif_nlp.annotate.thresholds import ROLES as THRESHOLDS
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.records import ROLES

ABOUT_THE_REVIEW = "rule:about-the-review"
"""Source of the role of a sentence about the review itself, which its place does not change."""

BY_HEADING = "heading:"
"""Beginning of the source of a role that a list entry or cell takes from its heading."""

LIST_KINDS = ("bullet", "table_row")
"""Kinds of blocks that are entries of a list, whose heading may say what they are."""

_STATIVE_VERBS = frozenset(
    {"is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "not"}
)


@Language.factory(
    "lif_role",
    requires=["doc.sents"],
    assigns=["span._.marks", "span._.scores"],
    default_config={"heading_weight": THRESHOLDS.heading_weight},
)
def make_role(nlp: Language, name: str, heading_weight: float) -> RoleTagger:
    """The component that gives each unit one role.

    `heading_weight` is how much likelier a heading makes its own role, as a power of e.
    """
    return RoleTagger(resources_of(nlp).model("role"), heading_weight=heading_weight)


class RoleTagger:
    """One label of the layer "role", and a score for each of the four roles."""

    def __init__(
        self,
        model: LinearModel | None = None,
        *,
        heading_weight: float = THRESHOLDS.heading_weight,
    ) -> None:
        self.model = model
        self.heading_weight = heading_weight

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with roles on its units."""
        heading_role = role_of_heading(doc._.heading)
        units = units_of(doc)
        for unit, shares in zip(units, self._shares(units), strict=True):
            unit.role_shares = tuple(shares[role] for role in ROLES)
            scores = self._with_heading(shares, heading_role)
            role = max(ROLES, key=lambda r: scores[r])
            by = "model:role" if self.model else "rule:cues"
            if is_about_the_review(unit.raw):
                label_role(unit, *_decided("context", scores), ABOUT_THE_REVIEW)
                continue
            # A paragraph is cut into units; a loose text is one, and may be a list entry.
            is_entry = doc._.kind in LIST_KINDS or (doc._.whole and _is_bare(unit, role))
            if heading_role in ("strength", "problem", "action") and is_entry:
                by = f"{BY_HEADING}{heading_role}"
                role, scores = _decided(_role_of_entry(heading_role, scores), scores)
            label_role(unit, role, scores, by)
        return doc

    def _shares(self, units: Sequence[TokenizedUnit]) -> list[Mapping[str, float]]:
        """Probability of each role of each unit from the words alone."""
        rows = model_scores(self.model, units) if units else None
        if rows is None or self.model is None:
            return [role_shares(cue_scores(unit)) for unit in units]
        labels = self.model.labels
        return [dict(zip(labels, map(float, row), strict=True)) for row in rows]

    def _with_heading(self, scores: Mapping[str, float], heading_role: str) -> Mapping[str, float]:
        if not heading_role:
            return scores
        sets_scene = heading_role == "context"
        factor = math.exp(THRESHOLDS.setting_weight if sets_scene else self.heading_weight)
        heading_scores = {r: s * (factor if r == heading_role else 1.0) for r, s in scores.items()}
        total = sum(heading_scores.values())
        return {r: s / total for r, s in heading_scores.items()}


def label_role(unit: TokenizedUnit, role: str, scores: Mapping[str, float], by: str) -> None:
    """Give a unit its role, with the cue that speaks most for it, and the scores of all roles."""
    all_scores = unit.span._.scores
    for name, score in scores.items():
        all_scores[f"role:{name}"] = score
    cue = strongest_cue(unit, role)
    evidence = unit.slice(*cue) if cue else unit.span
    # The chosen role is the label even if its probability is below a half.
    add_mark(unit.span, evidence, layer="role", code=role, score=max(0.5, scores[role]), by=by)
    all_scores[f"role:{role}"] = scores[role]


def _decided(role: str, scores: Mapping[str, float]) -> tuple[str, Mapping[str, float]]:
    """The role, and scores in which it outweighs the others."""
    certainty, others = THRESHOLDS.listed, THRESHOLDS.listed_others
    return role, {r: certainty if r == role else s * others for r, s in scores.items()}


def _is_bare(unit: TokenizedUnit, role: str) -> bool:
    """Whether a text is too short to judge by itself: a bare subject under its heading."""
    undecided = role == "context"
    max_words = THRESHOLDS.max_words_undecided if undecided else THRESHOLDS.max_words_decided
    return len(unit.vocabulary) <= max_words and unit.vocabulary.isdisjoint(_STATIVE_VERBS)


def _role_of_entry(heading_role: str, scores: Mapping[str, float]) -> str:
    """A list entry takes the role of its heading; under problems a request is an action."""
    asks = scores["action"] > max(scores["problem"], scores["strength"], scores["context"])
    return "action" if heading_role == "problem" and asks else heading_role
