"""How surely a finding states the point that its frame or phrase puts it into.

Aspect and defect can stand in one clause and mean something else ("monitoring visit"), or the
clause can be the half that a "but" takes back.  A logistic regression over a few figures of the
finding and the point decides; its weights stand in the model of the pair test and are trained on
memberships that a reader judged (`scripts/train_point_pairs.py`).  Nothing depends on the other
findings of a workspace, so that a new report is judged as in a full build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import expit

from lif_nlp.frame_record import Frame
from lif_nlp.protocols import Encode
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.statements import Weights
from lif_nlp.themes.points.words import CONTRAST, content_words

MEMBER_FIGURES = (
    "confidence", "name_cosine", "name_words", "typical", "aspect_share", "role", "contrast",
    "strength", "other_side", "general", "late_start", "known",
)  # fmt: skip
"""Names of the figures of a membership, in the order of the columns of `member_figures`."""

NO_CLAIM_OF_ITS_OWN = 0.3
"""Confidence up to which a frame of the other side does not count as a second claim: such frames
are doubtful ones (`annotate.frames.finder.DOUBTFUL`)."""

_CONTRAST = re.compile(
    rf"\b(?:{CONTRAST}|yet to|not yet|not (?:always|consistently))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class MemberTest:
    """Weights of the test of membership.

    Parameters
    ----------
    weights, bias
        Weight of each figure, and the constant.
    least
        Probability (0..1) from which a finding is a member.
    typical
        For each known point, how large a share of its findings holds a common word.
    aspects
        For each known point, the share of its findings with an aspect.
    means
        Mean of the figures that a point without typical words or a name cannot have.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    least: float = 0.0
    typical: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    aspects: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    means: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, figures: Weights) -> Weights:
        """How likely each finding states its point, shape (m,)."""
        row = np.array([self.weights.get(name, 0.0) for name in MEMBER_FIGURES])
        return np.asarray(expit(figures @ row + self.bias), np.float32)


def true_members(
    statements: Sequence[Statement],
    corpus: Corpus,
    known: KnownPoints,
    test: MemberTest,
    encode: Encode | None,
) -> list[Statement]:
    """The statements that pass the test, with its probability as their confidence.

    Parameters
    ----------
    statements
        What frames and phrases say, see `groups.stated_points`.
    corpus
        The findings that statements name by row.
    encode
        The encoder of the corpus' vectors, for the names of points.
    """
    if not statements or not test.weights:
        return list(statements)
    sure = test.probabilities(member_figures(statements, corpus, known, test, encode))
    return [
        replace(statement, confidence=float(p))
        for statement, p in zip(statements, sure, strict=True)
        if p >= test.least
    ]


def member_figures(
    statements: Sequence[Statement],
    corpus: Corpus,
    known: KnownPoints,
    test: MemberTest,
    encode: Encode | None,
) -> Weights:
    """The figures of memberships, shape (m, len(MEMBER_FIGURES))."""
    ids = sorted({s.point_id for s in statements} & set(known.seeds))
    names = {id: known.seeds[id].name for id in ids}
    vectors = {}
    if encode is not None and ids:
        rows = encode([names[id] for id in ids])[:, : corpus.vectors.shape[1]]
        vectors = dict(zip(ids, rows, strict=True))
    words_of_name = {id: set(content_words(name)) for id, name in names.items()}
    # Without repetitions and in the order of the text, in which their shares are added.
    words = {
        row: dict.fromkeys(content_words(corpus.findings[row].text))
        for row in {s.row for s in statements}
    }
    result = np.zeros((len(statements), len(MEMBER_FIGURES)), np.float32)
    for place, statement in enumerate(statements):
        id, finding = statement.point_id, corpus.findings[statement.row]
        own = words[statement.row]
        figures = {
            **_figures_of_finding(statement, finding, known),
            "name_cosine": test.means.get("name_cosine", 0.0),
            "name_words": test.means.get("name_words", 0.0),
            "typical": test.means.get("typical", 0.0),
            "aspect_share": test.means.get("aspect_share", 0.0),
            "known": float(id in names),
        }
        if id in vectors:
            figures["name_cosine"] = float(corpus.vectors[statement.row] @ vectors[id])
        if id in names:
            figures["name_words"] = len(own.keys() & words_of_name[id]) / max(
                1, len(words_of_name[id])
            )
        if id in test.typical and own:
            shares = test.typical[id]
            figures["typical"] = sum(shares.get(word, 0.0) for word in own) / len(own)
        if id in test.aspects and statement.frame is not None and statement.frame.aspect:
            figures["aspect_share"] = test.aspects[id].get(statement.frame.aspect, 0.0)
        result[place] = [figures[name] for name in MEMBER_FIGURES]
    return result


def _figures_of_finding(
    statement: Statement, finding: Finding, known: KnownPoints
) -> dict[str, float]:
    frame = statement.frame or Frame(finding.role)
    defect = known.defects.get(frame.defect)
    others = [
        f
        for f in finding.frames
        if f.polarity != frame.polarity and f.confidence > NO_CLAIM_OF_ITS_OWN
    ]
    return {
        "confidence": statement.confidence,
        "role": float(finding.scores.get(f"role:{frame.polarity}", finding.role == frame.polarity)),
        "contrast": float(bool(_CONTRAST.search(finding.text))),
        "strength": float(frame.polarity == "strength"),
        "other_side": float(len(others)),
        "general": float(bool(defect is not None and defect.general)),
        "late_start": frame.start / max(1, len(finding.text)),
    }
