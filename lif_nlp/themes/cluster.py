"""Groups of findings that recur, with names, terms, exemplars and stability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Corpus, first_copies, sample_rows, unit_mean
from lif_nlp.themes.exemplars import choose_exemplars
from lif_nlp.themes.naming import Candidate, rank_phrases
from lif_nlp.themes.phrases import phrases
from lif_nlp.themes.topics import topic_terms
from lif_nlp.themes.tree import stable_cut
from lif_nlp.themes.vocabulary import Vocabulary

MOST_ROWS = 6000
"""Findings that a tree is grown over; more are placed by the nearest centroid."""

_FLOOR_QUANTILE = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a group may be and in how many reports it must recur."""

    smallest: int
    largest: int
    reports: int


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
    copies = first_copies(corpus)
    sole = corpus.take(np.flatnonzero(copies == np.arange(len(corpus))).tolist())
    drawn = sole.take(sample_rows(sole, MOST_ROWS).tolist())
    cut = stable_cut(
        drawn.vectors,
        [f.doc_id for f in drawn.findings],
        smallest=limits.smallest,
        largest=limits.largest,
    )
    members = _recurring(drawn, cut.labels.tolist(), limits)
    if not members:
        return ()
    labels = np.full(len(drawn), -1, dtype=np.intp)
    for label, rows in enumerate(members.values()):
        labels[rows] = label
    extract = partial(phrases, vocabulary=vocabulary)
    texts = [f.text for f in drawn.findings]
    terms = topic_terms(texts, drawn.vectors, labels, extract)
    place = {f.finding_id: row for row, f in enumerate(corpus.findings)}
    groups = []
    for label, (cluster, rows) in enumerate(members.items()):
        used = [frozenset(extract(texts[row])) for row in rows]
        inside = drawn.vectors[rows]
        centroid = unit_mean(inside)
        groups.append(
            Group(
                rows=tuple(place[drawn.findings[row].finding_id] for row in rows),
                centroid=centroid,
                floor=float(np.quantile(inside @ centroid, _FLOOR_QUANTILE)),
                stability=cut.stability[cluster],
                candidates=rank_phrases(terms.get(label, ()), used),
                exemplars=choose_exemplars(drawn, rows, published=published),
            )
        )
    return tuple(group for group in groups if group.candidates)


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
