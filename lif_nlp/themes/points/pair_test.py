"""The pair test: how likely two findings state the same point, and what else they are.

A logistic regression over the figures of `features`, trained on gold pairs
(`scripts/train_point_pairs.py`); its weights are readable JSON.  Clashes of polarity,
direction, negation or actor are vetoes, not weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lif_nlp.about import MODELS
from lif_nlp.framework.model import Framework
from lif_nlp.model_files import PAIR_FILES, PAIR_MODELS, check_model
from lif_nlp.point_records import Relation
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.points.features import FIGURES, VETOES, Rows, pair_figures, vetoes
from lif_nlp.themes.points.membership import MemberTest
from lif_nlp.themes.points.pair_points import SHARED, StatedPoints, shared_figures
from lif_nlp.themes.points.point_space import PointSpace, read_space
from lif_nlp.themes.points.regression import probabilities
from lif_nlp.themes.points.statements import StatementTable, Weights, make_table

PROBE = "The health visitor told the school what she had seen at home."
"""A sentence whose vector is stored with the weights, to recognise the encoder they need."""

_SAME_ENCODER = 0.98
"""Cosine of the probe's vectors from which two encoders count as the same; less than 1,
because one encoder gives slightly different vectors in lower precision.  Chosen by
judgement; not tuned."""

_PAIRS_AT_ONCE = 1 << 16
"""Pairs whose figures are held at a time: the figures of five million pairs take 460 MB."""

TOLD_FIGURES = (*FIGURES, *SHARED)
"""Figures of a pair where known points are asked as well."""

_OPPOSITE_VETOES = ("polarity", "direction", "negation")


@dataclass(frozen=True)
class PairTest:
    """Weights of the pair test, and the thresholds set with them.

    Parameters
    ----------
    name
        Of the model's folder.
    weights, bias
        Weight of each figure, and the constant, for "same" by the two findings alone, which groups
        are made by.
    told_weights, told_bias
        The same for "same" where known points are asked as well: of `FIGURES` and `SHARED`.
    topic_weights, topic_bias
        The same for "about the same thing", whichever side it takes.
    same_from
        Probability (0..1) from which a pair is the same, known points asked.
    group_from
        Probability by the two findings alone from which a pair links them into a group: among all
        pairs of a corpus few are the same.
    topic_from, related_from
        Probabilities from which a pair with a clash of sides is opposite, and from which any
        other pair is related.
    rarities, rarest
        Rarity of common words (inverse document frequency), and of all others.
    probe
        Vector of `PROBE` under the encoder used in training; empty without vectors.
    members
        The test of memberships trained with the same encoder.
    space
        The point space trained with the same encoder; None without vectors.
    """

    name: str
    weights: Mapping[str, float]
    bias: float
    told_weights: Mapping[str, float]
    told_bias: float
    topic_weights: Mapping[str, float]
    topic_bias: float
    same_from: float
    group_from: float
    topic_from: float
    related_from: float
    rarities: Mapping[str, float] = field(repr=False)
    rarest: float
    probe: Sequence[float] = field(repr=False, default=())
    members: MemberTest = field(repr=False, default_factory=MemberTest)
    space: PointSpace | None = field(repr=False, default=None)

    def rarity(self, word: str) -> float:
        """Weight of a content word: the rarer, the higher."""
        return self.rarities.get(word, self.rarest)

    def table(
        self,
        findings: Sequence[Finding],
        vectors: Vectors,
        framework: Framework,
        encode: Encode | None,
    ) -> StatementTable:
        """The table of findings that this test compares; parameters as for `make_table`."""
        return make_table(
            findings, vectors, framework, rarity=self.rarity, encode=encode, space=self.space
        )

    def probabilities(self, table: StatementTable, left: Rows, right: Rows) -> Weights:
        """How likely the pairs state the same point, before vetoes, shape (m,)."""
        return probabilities(pair_figures(table, left, right), FIGURES, self.weights, self.bias)

    def scores(self, table: StatementTable, left: Rows, right: Rows) -> Weights:
        """The probabilities, 0 where a veto rules a pair out, shape (m,)."""
        result = np.zeros(len(left), np.float32)
        for start in range(0, len(left), _PAIRS_AT_ONCE):
            part = slice(start, start + _PAIRS_AT_ONCE)
            own = table, left[part], right[part]
            result[part] = np.where(vetoes(*own) > 0, 0.0, self.probabilities(*own))
        return result

    def relations(
        self, table: StatementTable, left: Rows, right: Rows, stated: StatedPoints | None = None
    ) -> list[Relation]:
        """What each pair is: same, opposite, related or different; `stated` are the known points
        that the findings of the table state."""
        figures = pair_figures(table, left, right)
        told = np.hstack([figures, shared_figures(stated, left, right)])
        same = probabilities(told, TOLD_FIGURES, self.told_weights, self.told_bias)
        topic = probabilities(figures, FIGURES, self.topic_weights, self.topic_bias)
        codes = vetoes(table, left, right)
        return [
            self._relation(float(p), float(q), VETOES[code])
            for p, q, code in zip(same, topic, codes, strict=True)
        ]

    def _relation(self, same: float, topic: float, veto: str) -> Relation:
        if not veto and same >= self.same_from:
            return Relation("same", same)
        # A pair that a veto rules out keeps a score under the threshold.
        score = min(same, self.same_from * 0.5) if veto else same
        if veto in _OPPOSITE_VETOES and topic >= self.topic_from:
            return Relation("opposite", score, veto)
        return Relation("related" if topic >= self.related_from else "different", score, veto)


@cache
def read_pair_test(folder: Path) -> PairTest:
    """The pair test in a folder; raises ModelError if a file is missing or was altered."""
    check_model(folder, PAIR_FILES)
    data: dict[str, Any] = json.loads((folder / PAIR_FILES[0]).read_text(encoding="utf-8"))
    # The file also says how the test was trained, which nobody needs here.
    names = PairTest.__dataclass_fields__
    data["members"] = MemberTest(**data["members"])
    data["space"] = read_space(folder / PAIR_FILES[1])
    return PairTest(**{key: value for key, value in data.items() if key in names})


def pair_test_for(encode: Encode | None, models: Path = MODELS) -> PairTest:
    """The pair test trained with this encoder; that without vectors for any other encoder.

    Raises ModelError if a file is missing or was altered.
    """
    *with_vectors, by_words = (read_pair_test(models / name) for name in PAIR_MODELS)
    if encode is None:
        return by_words
    vector = encode([PROBE])[0]
    return next((test for test in with_vectors if is_same_encoder(vector, test.probe)), by_words)


def is_same_encoder(vector: Vectors, probe: Sequence[float]) -> bool:
    """Whether an encoder gives `PROBE` the vector that a test stored in training."""
    dim = len(probe)
    return dim <= len(vector) and float(vector[:dim] @ np.asarray(probe)) >= _SAME_ENCODER
