"""Groups of findings that recur, with names, terms, exemplars and stability."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Corpus, first_copies, sample_rows, unit_mean
from lif_nlp.themes.discovery.ctfidf import topic_terms
from lif_nlp.themes.discovery.naming import Candidate, rank_phrases
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.stable_clustering import stable_cut
from lif_nlp.themes.discovery.vocabulary import Vocabulary
from lif_nlp.themes.exemplars import choose_exemplars

_FLOOR_QUANTILE = 0.25
_FENCE = 1.5
_PAIRED = 1000
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a group may be, and in how many reports it must recur.

    At most `drawn` findings are clustered; the others are placed afterwards, by the
    nearest centroid, so that time and memory stay bounded.  The median likeness of
    two findings of a group must lie `closeness` spreads above that of any two: in a
    small corpus, loose groups return too.
    """

    smallest: int
    largest: int
    reports: int
    drawn: int
    closeness: float


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a corpus that say the same kind of thing.

    `floor` is the least cosine to `centroid` at which a further finding joins.
    """

    rows: tuple[int, ...]
    centroid: Vectors
    floor: float
    stability: float
    candidates: tuple[Candidate, ...]
    exemplars: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The phrases that set the group apart, best first."""
        return tuple(c.phrase for c in self.candidates[:8])


def find_groups(
    corpus: Corpus,
    limits: Limits,
    *,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
) -> tuple[Group, ...]:
    """Groups that recur in `corpus`, largest first; rows in none stay out.

    Copies of a sentence count once.  A group for which no phrase stands in a fair
    share of its findings has no common subject, however near its vectors: it is
    no theme.
    """
    drawn = corpus.take(sample_rows(corpus, limits.drawn).tolist())
    copies = first_copies(drawn)
    sole = drawn.take(np.flatnonzero(copies == np.arange(len(drawn))).tolist())
    cut = stable_cut(
        sole.vectors,
        [f.doc_id for f in sole.findings],
        smallest=limits.smallest,
        largest=limits.largest,
        fewest_reports=limits.reports,
    )
    least = _above_chance(sole.vectors, limits.closeness)
    members = {
        label: close
        for label, rows in _recurring(sole, cut.labels.tolist(), limits).items()
        if np.median(_pairs(sole.vectors[close := trim(sole.vectors, rows)])) >= least
    }
    phrases_of = partial(phrases, vocabulary=vocabulary)
    candidates = _candidates(sole, list(members.values()), phrases_of)
    place = {f.finding_id: row for row, f in enumerate(corpus.findings)}
    groups = []
    for (cluster, rows), named in zip(members.items(), candidates, strict=True):
        inside = sole.vectors[rows]
        centroid = unit_mean(inside)
        group = Group(
            rows=tuple(place[sole.findings[row].finding_id] for row in rows),
            centroid=centroid,
            floor=joining_floor(inside, centroid),
            stability=cut.stability[cluster],
            candidates=named,
            exemplars=choose_exemplars(sole, rows, published=published),
        )
        groups += [group] * bool(named)
    return tuple(groups)


def joining_floor(vectors: Vectors, centroid: Vectors) -> float:
    """Cosine to `centroid` of the lower quarter of members: as near as a further one must be."""
    return float(np.quantile(vectors @ centroid, _FLOOR_QUANTILE))


def _above_chance(vectors: Vectors, spreads: float) -> float:
    """The cosine that lies so many spreads above that of two findings at random.

    Median and lower spread only: however many pairs belong together, most do not.
    """
    pairs = _pairs(vectors[:: max(1, len(vectors) // _PAIRED)])
    if not len(pairs):
        return 0.0
    low, middle = np.quantile(pairs, [0.16, 0.5])
    return float(middle + spreads * (middle - low))


def _pairs(vectors: Vectors) -> Vectors:
    """Cosines of all pairs of rows."""
    cosines: Vectors = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return cosines


def trim(vectors: Vectors, rows: Sequence[int]) -> list[int]:
    """`rows` without those that stand far outside, by Tukey's rule on cosines to the mean.

    >>> axis, stray = [[1.0, 0.0]], [[0.0, 1.0]]
    >>> trim(np.array(axis * 7 + stray, dtype=np.float32), range(8))
    [0, 1, 2, 3, 4, 5, 6]
    """
    inside = vectors[list(rows)]
    cosines = inside @ unit_mean(inside)
    low, high = np.quantile(cosines, [0.25, 0.75])
    least = low - _FENCE * (high - low) - _ROUNDING
    return [row for row, cosine in zip(rows, cosines, strict=True) if cosine >= least]


def _candidates(
    corpus: Corpus, members: Sequence[Sequence[int]], phrases_of: Callable[[str], list[str]]
) -> list[tuple[Candidate, ...]]:
    """Ranked phrases of each cluster, given by its rows."""
    texts = [f.text for f in corpus.findings]
    labels = np.full(len(corpus), -1, dtype=np.intp)
    for label, rows in enumerate(members):
        labels[list(rows)] = label
    terms = topic_terms(texts, corpus.vectors, labels, phrases_of)
    return [
        rank_phrases(terms.get(label, ()), [frozenset(phrases_of(texts[row])) for row in rows])
        for label, rows in enumerate(members)
    ]


def _recurring(corpus: Corpus, labels: Sequence[int], limits: Limits) -> dict[int, list[int]]:
    """Rows by cluster for clusters found in enough reports, largest cluster first."""
    members: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        if label >= 0:
            members.setdefault(label, []).append(row)
    kept = {
        label: rows
        for label, rows in members.items()
        if len({corpus.findings[row].doc_id for row in rows}) >= limits.reports
    }
    return dict(sorted(kept.items(), key=lambda item: (-len(item[1]), item[1][0])))


def nearest(
    vectors: Vectors, centroids: Vectors, floors: Sequence[float]
) -> list[tuple[int, float]]:
    """For each row the nearest centroid's place and cosine; place -1 below its floor."""
    if not len(centroids) or not len(vectors):
        return [(-1, 0.0)] * len(vectors)
    cosines = vectors @ centroids.T
    best = np.argmax(cosines, axis=1)
    found = cosines[np.arange(len(vectors)), best]
    limit = np.asarray(floors)[best]
    return [
        (int(b) if c >= f else -1, float(c)) for b, c, f in zip(best, found, limit, strict=True)
    ]
