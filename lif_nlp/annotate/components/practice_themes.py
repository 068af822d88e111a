"""Which practice themes a text gives real evidence on: up to four, most central first.

Cues (`theme_cues`) say which words are evidence of which theme.  By rules alone several
cues must agree; the trained model weighs cues and meaning together.  The evidence shown
is the best cue, or the whole text where meaning alone decided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from lif_nlp.annotate.enumeration import sentence_spans
from lif_nlp.annotate.extensions import accepted, add_evidence, add_mark
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.theme_cues import CueFinder, ThemeCue
from lif_nlp.annotate.thresholds import THEMES
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import LabelEvidence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FROM_PARAGRAPH = "paragraph"
"""Source of the evidence for a theme that a sentence takes from its paragraph."""

_FEATURES = ("present", "strong", "some", "spread", "share")
"""Kinds of cue feature; the names are stored in trained models."""


class ThemeFinder:
    """Finds the practice themes of a framework in texts of any length.

    Parameters
    ----------
    framework
        Themes with their phrases.
    model
        The trained model, or None to use cues alone.
    """

    def __init__(self, framework: Framework, model: LinearModel | None = None) -> None:
        self.cues = CueFinder(framework)
        self.model = model
        labels = model.labels if model else ()
        codes = self.cues.codes
        self._model_places = [place for place, code in enumerate(codes) if code in labels]
        self._model_columns = [labels.index(codes[place]) for place in self._model_places]

    def find(
        self, texts: Sequence[str], *, vectors: Vectors | None = None
    ) -> list[list[LabelEvidence]]:
        """Evidence in each text, most central theme first; below 0.5 it goes to review.

        `vectors` are the rows of `texts`, which a model may need.
        """
        cues, scores = self.score(texts, vectors=vectors)
        return self.evidence(texts, cues, scores)

    def score(
        self, texts: Sequence[str], *, vectors: Vectors | None = None
    ) -> tuple[list[list[ThemeCue]], Matrix]:
        """Cues of each text, and the score of each theme, shape (texts, codes)."""
        cues = [self.cues.find(text) for text in texts]
        return cues, self._scores(texts, cues, vectors)

    def evidence(
        self, texts: Sequence[str], cues: Sequence[Sequence[ThemeCue]], scores: Matrix
    ) -> list[list[LabelEvidence]]:
        """Evidence in each text from what `score` gave."""
        return [
            self._evidence(text, text_cues, row)
            for text, text_cues, row in zip(texts, cues, scores, strict=True)
        ]

    def _scores(
        self, texts: Sequence[str], cues: Sequence[Sequence[ThemeCue]], vectors: Vectors | None
    ) -> Matrix:
        codes = self.cues.codes
        if len(self._model_places) < len(codes):
            rows = np.asarray([rule_scores(text_cues, codes) for text_cues in cues], np.float32)
            rows = rows.reshape(len(texts), len(codes))
        else:
            rows = np.empty((len(texts), len(codes)), dtype=np.float32)
        if self.model is None:
            return rows
        extra = [cue_features(t, c, self.model.labels) for t, c in zip(texts, cues, strict=True)]
        model_scores = self.model.scores(texts, vectors=vectors, extra=extra)
        # The model does not know themes that a partnership added: rules decide them.
        rows[:, self._model_places] = model_scores[:, self._model_columns]
        return rows

    def _evidence(self, text: str, cues: Sequence[ThemeCue], row: Matrix) -> list[LabelEvidence]:
        by = "model:themes" if self.model else "rule:cues"
        evidence: list[LabelEvidence] = []
        for column in np.argsort(-row, kind="stable"):
            code, score = self.cues.codes[column], float(row[column])
            if score < THEMES.review_from:
                break
            if score >= 0.5 and len(evidence) >= THEMES.max_themes:
                # Just below a label: a fifth theme goes to review and is not lost.
                score = 0.49
            start, end = evidence_span(text, [cue for cue in cues if cue.code == code])
            evidence.append(LabelEvidence("theme", code, start, end, round(score, 4), by))
        return evidence


def rule_scores(cues: Sequence[ThemeCue], codes: Sequence[str]) -> list[float]:
    """Score of each theme by cues alone: cues at different places add up, as in a noisy-or."""
    doubt = dict.fromkeys(codes, 1.0)
    cue_at = {(cue.code, cue.start): cue for cue in sorted(cues, key=lambda c: c.grade)}
    for cue in cue_at.values():
        doubt[cue.code] *= 1.0 - (THEMES.strong_cue if cue.grade == "strong" else THEMES.some_cue)
    return [min(1.0, 0.5 * (1.0 - doubt[code]) / THEMES.enough) for code in codes]


def cue_feature_names(codes: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns that `cue_features` gives."""
    return tuple(f"{kind}:{code}" for kind in _FEATURES for code in codes)


def cue_features(text: str, cues: Sequence[ThemeCue], codes: Sequence[str]) -> list[float]:
    """Cues of a text as features, kind by kind and within a kind code by code.

    Kinds: whether there is a strong cue; how many different strong and other cues
    (logarithm); the share of sentences with a cue; the share of all cues.
    """
    if not cues:
        return [0.0] * (len(_FEATURES) * len(codes))
    ends = [end for _, end in sentence_spans(text)] or [len(text)]
    wordings: dict[tuple[str, str], set[str]] = defaultdict(set)
    sentences: dict[str, set[int]] = defaultdict(set)
    for cue in cues:
        wordings[cue.grade, cue.code].add(text[cue.start : cue.end].lower())
        sentences[cue.code].add(bisect_left(ends, cue.end))
    places = {code: place for place, code in enumerate(codes)}
    strong, some, spread = np.zeros((3, len(codes)))
    for (grade, code), distinct in wordings.items():
        if code in places:
            (strong if grade == "strong" else some)[places[code]] = len(distinct)
            spread[places[code]] = len(sentences[code]) / len(ends)
    # The weights are part of the trained models: changing them means training again.
    share = (strong + 0.3 * some) / (strong.sum() + 0.5 * some.sum() + 1.0)
    blocks = (np.minimum(strong, 1), np.log1p(strong), np.log1p(some), spread, share)
    values: list[float] = np.concatenate(blocks).tolist()
    return values


def evidence_span(text: str, cues: Sequence[ThemeCue]) -> tuple[int, int]:
    """Span of the best cue: a strong one, then the longest; the whole text without cues."""
    if not cues:
        return 0, len(text)
    best = max(cues, key=lambda c: (c.grade == "strong", c.end - c.start, -c.start))
    return best.start, best.end


@Language.factory(
    "lif_practice_themes", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_practice_themes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that labels practice themes on each unit."""
    resources = resources_of(nlp)
    model = resources.model("themes")
    finder = ThemeFinder(resources.framework, model)
    dim = model.features.dim if model else 0

    def label_themes(doc: Doc) -> Doc:
        units = units_of(doc)
        spans = [unit.span for unit in units]
        rows = [span._.vector for span in spans]
        is_encoded = bool(rows) and all(row is not None for row in rows)
        vectors = np.asarray(rows, dtype=np.float32)[:, :dim] if is_encoded else None
        texts = [unit.raw for unit in units]
        cues, scores = finder.score(texts, vectors=vectors)
        for span, evidence in zip(spans, finder.evidence(texts, cues, scores), strict=True):
            for item in evidence:
                add_evidence(span, item)
        _take_theme_of_paragraph(doc, spans, scores, finder, vectors)
        return doc

    return label_themes


def _take_theme_of_paragraph(
    doc: Doc,
    units: Sequence[Span],
    scores: Matrix,
    finder: ThemeFinder,
    vectors: Vectors | None,
) -> None:
    """Give the theme of its paragraph to a strength or problem that has none itself.

    "This left them waiting for months" is about what the sentence before it said.  The
    paragraph must be about the theme, and the sentence must show some evidence of it.
    """
    themeless = [
        place
        for place, unit in enumerate(units)
        if (scores[place] >= THEMES.from_paragraph).any()
        and not any(accepted(unit, "theme"))
        and _is_strength_or_problem(unit)
    ]
    if not themeless or len(units) < 2:
        return
    paragraph_vector = None if vectors is None else _mean_row(vectors)
    paragraph_scores = finder.score([doc.text], vectors=paragraph_vector)[1][0]
    for place in themeless:
        own_scores = scores[place]
        fits = (own_scores >= THEMES.from_paragraph) & (paragraph_scores >= 0.5)
        if fits.any():
            best = int(np.argmax(np.where(fits, own_scores + paragraph_scores, 0.0)))
            add_mark(
                units[place],
                units[place],
                layer="theme",
                code=finder.cues.codes[best],
                score=0.5,
                by=FROM_PARAGRAPH,
            )


def _is_strength_or_problem(unit: Span) -> bool:
    return any(role.code in ("strength", "problem") for role in accepted(unit, "role"))


def _mean_row(vectors: Vectors) -> Vectors:
    """The mean of the rows, scaled to the length of a row: a vector of the whole paragraph."""
    total = vectors.sum(axis=0, keepdims=True)
    length = float(np.linalg.norm(vectors[0])) / max(1e-9, float(np.linalg.norm(total)))
    row: Vectors = (total * length).astype(np.float32)
    return row
