"""Which practice themes a text gives real evidence on: up to four, most central first.

Cues (`theme_cues`) say which words speak of which theme.  With rules alone several cues
must agree; with the trained model, cues and meaning are weighed together.  The
evidence span is the strongest cue, or the whole text where meaning alone decided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from lif_nlp.annotate.enumeration import sentence_spans
from lif_nlp.annotate.extensions import add_mark, given
from lif_nlp.annotate.marking import add_found
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.theme_cues import Cue, CueFinder
from lif_nlp.annotate.unit_tokens import phrases_of
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import LabelEvidence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

MOST = 4
"""A text carries at most this many themes; the rest are scored only."""

UNCERTAIN = 0.35
"""Strengths from here to 0.5 go to review rather than into counts."""

LEANING = 0.1
"""Own strength from which a sentence may take over the theme of its paragraph."""

LENT = "paragraph"

_STRONG, _SOME, _ENOUGH = 0.5, 0.15, 0.575
_KINDS = ("present", "strong", "some", "spread", "share")


class ThemeFinder:
    """Finds the practice themes of a framework in texts of any length."""

    def __init__(self, framework: Framework, model: LinearModel | None = None) -> None:
        self.cues = CueFinder(framework)
        self.model = model
        labels = model.labels if model else ()
        codes = self.cues.codes
        self._learned = [place for place, code in enumerate(codes) if code in labels]
        self._columns = [labels.index(codes[place]) for place in self._learned]

    def find(
        self, texts: Sequence[str], *, vectors: Vectors | None = None
    ) -> list[list[LabelEvidence]]:
        """Marks of each text, most central first; those below 0.5 are for review.

        `vectors` are the rows of `texts`, needed by a model that uses them.
        """
        found, strengths = self.read(texts, vectors=vectors)
        return self.marks(texts, found, strengths)

    def read(
        self, texts: Sequence[str], *, vectors: Vectors | None = None
    ) -> tuple[list[list[Cue]], Matrix]:
        """Cues of each text, and the strength of each theme, shape (texts, codes)."""
        found = [self.cues.find(text) for text in texts]
        return found, self._strengths(texts, found, vectors)

    def marks(
        self, texts: Sequence[str], found: Sequence[Sequence[Cue]], strengths: Matrix
    ) -> list[list[LabelEvidence]]:
        """Marks of each text from what `read` gave."""
        return [
            self._marks(text, cues, row)
            for text, cues, row in zip(texts, found, strengths, strict=True)
        ]

    def _strengths(
        self, texts: Sequence[str], found: Sequence[Sequence[Cue]], vectors: Vectors | None
    ) -> Matrix:
        codes = self.cues.codes
        if len(self._learned) < len(codes):
            rows = np.asarray([rule_strengths(cues, codes) for cues in found], dtype=np.float32)
            rows = rows.reshape(len(texts), len(codes))
        else:
            rows = np.empty((len(texts), len(codes)), dtype=np.float32)
        if self.model is None:
            return rows
        extra = [cue_features(t, c, self.model.labels) for t, c in zip(texts, found, strict=True)]
        learned = self.model.strengths(texts, vectors=vectors, extra=extra)
        # Themes that a partnership added are unknown to the model: rules decide them.
        rows[:, self._learned] = learned[:, self._columns]
        return rows

    def _marks(self, text: str, cues: Sequence[Cue], row: Matrix) -> list[LabelEvidence]:
        by = "model:themes" if self.model else "rule:cues"
        marks: list[LabelEvidence] = []
        for column in np.argsort(-row, kind="stable"):
            code, strength = self.cues.codes[column], float(row[column])
            if strength < UNCERTAIN:
                break
            if strength >= 0.5 and len(marks) >= MOST:
                strength = 0.49
            start, end = evidence_of(text, [cue for cue in cues if cue.code == code])
            marks.append(LabelEvidence("theme", code, start, end, round(strength, 4), by))
        return marks


def rule_strengths(cues: Sequence[Cue], codes: Sequence[str]) -> list[float]:
    """Strength of each theme by cues alone: different words add up, repeats do not."""
    doubt = dict.fromkeys(codes, 1.0)
    seen = {(cue.code, cue.start): cue for cue in sorted(cues, key=lambda c: c.strength)}
    for cue in seen.values():
        doubt[cue.code] *= 1.0 - (_STRONG if cue.strength == "strong" else _SOME)
    return [min(1.0, 0.5 * (1.0 - doubt[code]) / _ENOUGH) for code in codes]


def cue_feature_names(codes: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns that `cue_features` gives."""
    return tuple(f"{kind}:{code}" for kind in _KINDS for code in codes)


def cue_features(text: str, cues: Sequence[Cue], codes: Sequence[str]) -> list[float]:
    """Cues of a text as numbers, kind by kind and within a kind code by code.

    Kinds: whether a strong cue is there; how many different strong and weaker ones
    (logarithm); in what part of the sentences; what share of all cues.
    """
    if not cues:
        return [0.0] * (len(_KINDS) * len(codes))
    ends = [end for _, end in sentence_spans(text)] or [len(text)]
    different: dict[tuple[str, str], set[str]] = defaultdict(set)
    sentences: dict[str, set[int]] = defaultdict(set)
    for cue in cues:
        different[cue.strength, cue.code].add(text[cue.start : cue.end].lower())
        sentences[cue.code].add(bisect_left(ends, cue.end))
    places = {code: place for place, code in enumerate(codes)}
    strong, some, spread = np.zeros((3, len(codes)))
    for (strength, code), found in different.items():
        if code in places:
            (strong if strength == "strong" else some)[places[code]] = len(found)
            spread[places[code]] = len(sentences[code]) / len(ends)
    share = (strong + 0.3 * some) / (strong.sum() + 0.5 * some.sum() + 1.0)
    blocks = (np.minimum(strong, 1), np.log1p(strong), np.log1p(some), spread, share)
    values: list[float] = np.concatenate(blocks).tolist()
    return values


def evidence_of(text: str, cues: Sequence[Cue]) -> tuple[int, int]:
    """Span of the best cue: a strong one, the longest; the whole text without cues."""
    if not cues:
        return 0, len(text)
    best = max(cues, key=lambda c: (c.strength == "strong", c.end - c.start, -c.start))
    return best.start, best.end


@Language.factory(
    "lif_practice_themes", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_practice_themes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that marks practice themes on each unit."""
    resources = resources_of(nlp)
    model = resources.model("themes")
    finder = ThemeFinder(resources.framework, model)
    dim = model.features.dim if model else 0

    def mark_themes(doc: Doc) -> Doc:
        phrases = phrases_of(doc)
        units = [phrase.unit for phrase in phrases]
        rows = [unit._.vector for unit in units]
        known = bool(rows) and all(row is not None for row in rows)
        vectors = np.asarray(rows, dtype=np.float32)[:, :dim] if known else None
        texts = [phrase.raw for phrase in phrases]
        found, strengths = finder.read(texts, vectors=vectors)
        for unit, marks in zip(units, finder.marks(texts, found, strengths), strict=True):
            for mark in marks:
                add_found(unit, mark)
        _lend(doc, units, strengths, finder, vectors)
        return doc

    return mark_themes


def _lend(
    doc: Doc,
    units: Sequence[Span],
    strengths: Matrix,
    finder: ThemeFinder,
    vectors: Vectors | None,
) -> None:
    """Give the theme of its paragraph to a strength or problem that has none by itself.

    "This left them waiting for months" is about what the sentence before it said.
    The paragraph must be about the theme, and the sentence itself lean to it.
    """
    bare = [
        place
        for place, unit in enumerate(units)
        if (strengths[place] >= LEANING).any()
        and not any(given(unit, "theme"))
        and _tells_of_practice(unit)
    ]
    if not bare or len(units) < 2:
        return
    whole = None if vectors is None else _mean_row(vectors)
    passage = finder.read([doc.text], vectors=whole)[1][0]
    for place in bare:
        own = strengths[place]
        fits = (own >= LEANING) & (passage >= 0.5)
        if fits.any():
            best = int(np.argmax(np.where(fits, own + passage, 0.0)))
            code = finder.cues.codes[best]
            add_mark(units[place], units[place], layer="theme", code=code, score=0.5, by=LENT)


def _tells_of_practice(unit: Span) -> bool:
    return any(mark.code in ("strength", "problem") for mark in given(unit, "role"))


def _mean_row(vectors: Vectors) -> Vectors:
    """One row of unit length for all: what the paragraph says as a whole."""
    total = vectors.sum(axis=0, keepdims=True)
    row: Vectors = (total / max(1e-9, float(np.linalg.norm(total)))).astype(np.float32)
    return row
