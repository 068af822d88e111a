"""How surely a finding states the point that its frame or phrase puts it into.

Aspect and defect can stand in one clause and mean something else ("monitoring visit"), or the
clause can be the half that a "but" takes back.  A logistic regression over a few figures of the
finding and the point decides; its weights stand in the model of the pair test and are trained on
memberships that a reader judged (`scripts/train_point_pairs.py`).  These figures do not
depend on other findings; `agreement` adds how well a finding matches sure members of its point.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lif_nlp.frame_record import Frame
from lif_nlp.protocols import Encode
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.regression import probabilities
from lif_nlp.themes.points.statements import Weights, role_score
from lif_nlp.themes.points.words import CONTRAST, content_words

MEMBER_FIGURES = (
    "confidence", "name_cosine", "name_words", "typical", "aspect_share", "role", "contrast",
    "strength", "other_side", "general", "late_start", "known", "prior", "place", "compound",
)  # fmt: skip
"""Names of the figures of a membership, in the order of the columns of `member_figures`."""

SUPPORT_FIGURES = ("support", "best_support")
"""How well a finding matches sure members of its point by the pair test, see `agreement`."""

NO_CLAIM_OF_ITS_OWN = 0.3
"""Confidence up to which a frame of the other side does not count as a second claim: such frames
are doubtful ones (`annotate.frames.finder.DOUBTFUL`)."""

_NO_PLACE = 0.3
"""Place of an aspect that is not found again: about the mean of those that are."""

_WORD_BEFORE = re.compile(r"[a-z][a-z'-]*(?=\s*$)")

TURN = re.compile(rf"\b(?:{CONTRAST}|yet to|not yet|not (?:always|consistently))\b", re.IGNORECASE)
"""Words after which a sentence takes back what it said."""


@dataclass(frozen=True)
class MemberTest:
    """Weights of the test of membership.

    Parameters
    ----------
    weights, bias
        Weight of each figure, and the constant.
    least
        Probability (0..1) from which a finding is surely a member by its own text.
    agreed_weights, agreed_bias, agreed_least
        The same where sure members of the point are known: with `SUPPORT_FIGURES` beside the
        figures of the text.
    typical
        For each known point, how large a share of its findings holds a common word.
    aspects
        For each known point, the share of its findings with an aspect.
    means
        Mean of the figures that a point without typical words or a name cannot have.
    priors
        For each polarity with an aspect ("strength|plan") the share of judged memberships that
        were true: some aspects are words of everyday use.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    least: float = 0.0
    agreed_weights: Mapping[str, float] = field(default_factory=dict)
    agreed_bias: float = 0.0
    agreed_least: float = 0.0
    typical: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    aspects: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    means: Mapping[str, float] = field(default_factory=dict)
    priors: Mapping[str, float] = field(default_factory=dict, repr=False)

    def probabilities(self, figures: Weights) -> Weights:
        """How likely each finding states its point by its own text, shape (m,)."""
        return probabilities(figures, MEMBER_FIGURES, self.weights, self.bias)

    def agreed_probabilities(self, figures: Weights, support: Weights) -> Weights:
        """How likely each finding states its point by its text and its likeness to members."""
        names = (*MEMBER_FIGURES, *SUPPORT_FIGURES)
        both = np.hstack([figures, support])
        return probabilities(both, names, self.agreed_weights, self.agreed_bias)


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
        # An encoder may give the columns of its middle layer too, which findings here do not have.
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
            "prior": test.priors.get(prior_key(statement.frame), test.means.get("prior", 0.0)),
        }
        if id in vectors:
            figures["name_cosine"] = float(corpus.vectors[statement.row] @ vectors[id])
        if id in names:
            figures["name_words"] = len(own.keys() & words_of_name[id]) / max(
                1, len(words_of_name[id])
            )
        shares = test.typical.get(id, {})
        if shares and own:
            figures["typical"] = sum(shares.get(word, 0.0) for word in own) / len(own)
        figures |= _figures_of_place(statement.frame, finding.text, known, shares)
        if id in test.aspects and statement.frame is not None and statement.frame.aspect:
            figures["aspect_share"] = test.aspects[id].get(statement.frame.aspect, 0.0)
        result[place] = [figures[name] for name in MEMBER_FIGURES]
    return result


def prior_key(frame: Frame | None) -> str:
    """Polarity and aspect of a frame, as `MemberTest.priors` names them; empty without both."""
    return f"{frame.polarity}|{frame.aspect}" if frame is not None and frame.aspect else ""


def _figures_of_place(
    frame: Frame | None, text: str, known: KnownPoints, typical: Collection[str]
) -> dict[str, float]:
    """How late in its clause the aspect stands, and whether a noun before it narrows it.

    The aspect of a true claim mostly opens the clause; that of a "workforce development plan" is
    not the plan for a child.
    """
    aspect = known.aspects.get(frame.aspect) if frame is not None else None
    if frame is None or aspect is None:
        return {"place": _NO_PLACE, "compound": 0.0}
    clause = text[frame.start : frame.end].lower().replace("’", "'")
    found = _pattern_of(aspect.phrases).search(clause)
    if found is None:
        return {"place": _NO_PLACE, "compound": 0.0}
    before = _WORD_BEFORE.search(clause[: found.start()])
    stems = content_words(before.group()) if before else []
    narrows = (
        bool(stems) and before is not None and before.group() not in known.judging_words
        and set(stems).isdisjoint(typical)
    )  # fmt: skip
    return {"place": found.start() / max(1, len(clause)), "compound": float(narrows)}


@lru_cache(maxsize=1024)
def _pattern_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, in the singular or plural, the longest first."""
    ordered = sorted((phrase.lower() for phrase in phrases), key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})(?:s|'s)?\b")


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
        "role": role_score(finding, frame.polarity),
        "contrast": float(bool(TURN.search(finding.text))),
        "strength": float(frame.polarity == "strength"),
        "other_side": float(len(others)),
        "general": float(bool(defect is not None and defect.general)),
        "late_start": frame.start / max(1, len(finding.text)),
    }
