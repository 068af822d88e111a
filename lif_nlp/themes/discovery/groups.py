"""Groups of findings that recur, with names, terms, exemplars and stability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Corpus, Rows, first_copies, sample_rows, unit_mean
from lif_nlp.themes.discovery.clusterer import StableClusterer, joining_floor
from lif_nlp.themes.discovery.naming import Candidate, rank_phrases
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.topic_model import CustomModels, Phrases, fit_bertopic, terms_of
from lif_nlp.themes.discovery.vocabulary import Vocabulary
from lif_nlp.themes.exemplars import choose_exemplars
from lif_nlp.themes.thresholds import CLUSTERING, NAMING

if TYPE_CHECKING:
    from bertopic import BERTopic


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a corpus that say the same kind of thing.

    `topic` is its number in the BERTopic that found it, `floor` the least cosine to
    `centroid` at which a further finding joins.  `stability` is the share of resampled
    runs in which it returned, NaN where a user's own cluster model found it.
    """

    topic: int
    rows: tuple[int, ...]
    centroid: Vectors
    floor: float
    stability: float
    candidates: tuple[Candidate, ...]
    exemplars: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The phrases that distinguish the group, best first."""
        return tuple(c.phrase for c in self.candidates[: NAMING.terms])


def find_groups(
    corpus: Corpus,
    *,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
    custom: CustomModels | None = None,
) -> tuple[tuple[Group, ...], BERTopic | None]:
    """Groups that recur in `corpus`, the largest first, and the BERTopic that found them.

    Copies of a sentence count once.  A group of which too few findings share a phrase has
    no common subject, however near its vectors: it is dropped.

    Parameters
    ----------
    corpus
        Findings to be grouped.  Our own clusterer sees at most `CLUSTERING.max_clustered`.
    vocabulary
        What the corpus says about its words.
    published
        ISO date of each document, so that newer exemplars are preferred.
    custom
        A user's own cluster model; our clusterer when None.
    """
    limit = len(corpus) if custom else CLUSTERING.max_clustered
    sample = corpus.take(sample_rows(corpus, limit).tolist())
    # A sentence copied into many letters would be a tight and stable cluster of its own.
    copies = first_copies(sample)
    distinct = sample.take(np.flatnonzero(copies == np.arange(len(sample))).tolist())
    phrases_of = partial(phrases, vocabulary=vocabulary)
    cluster_model = custom.cluster_model if custom else _clusterer(corpus, distinct)
    model = fit_bertopic(
        [f.text for f in distinct.findings],
        distinct.vectors,
        phrases_of,
        cluster_model,
        custom.dimensionality_model if custom else None,
        complete=custom is not None,
    )
    if model is None:
        return (), None
    place = {f.finding_id: row for row, f in enumerate(corpus.findings)}
    groups = []
    for label, rows in enumerate(_clusters(model, cluster_model)):
        members = distinct.vectors[rows]
        centroid = unit_mean(members)
        group = Group(
            topic=model.topics_[rows[0]],
            rows=tuple(place[distinct.findings[row].finding_id] for row in rows),
            centroid=centroid,
            floor=joining_floor(members, centroid),
            stability=float("nan") if custom else cluster_model.stability_[label],
            candidates=_candidates(model, distinct, rows, phrases_of),
            exemplars=choose_exemplars(distinct, rows, published=published),
        )
        # Near vectors without a shared phrase share a tone, and no subject.
        if group.candidates:
            groups.append(group)
    return tuple(groups), model


def _clusterer(corpus: Corpus, distinct: Corpus) -> StableClusterer:
    """Our clusterer, with sizes that suit the number of findings and reports."""
    reports = len({f.doc_id for f in corpus.findings})
    clustered = min(len(corpus), CLUSTERING.max_clustered)
    few = min(CLUSTERING.max_size, clustered // CLUSTERING.max_size_divisor)
    return StableClusterer(
        [f.doc_id for f in distinct.findings],
        min_size=max(CLUSTERING.min_size, round(CLUSTERING.min_size_share * clustered)),
        max_size=max(few, round(CLUSTERING.max_size_share * clustered)),
        min_reports=(
            CLUSTERING.min_reports
            if reports >= CLUSTERING.small_corpus
            else min(CLUSTERING.min_reports_small, reports)
        ),
    )


def _clusters(model: BERTopic, cluster_model: Any) -> list[list[int]]:
    """Rows of each cluster: ours in its own order, a user's from the largest."""
    ours = isinstance(cluster_model, StableClusterer)
    # BERTopic numbers clusters by size after it has fitted, ours by size before outliers left.
    labels: Rows = np.asarray(cluster_model.labels_ if ours else model.topics_)
    return [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)]


def _candidates(
    model: BERTopic, corpus: Corpus, rows: Sequence[int], phrases_of: Phrases
) -> tuple[Candidate, ...]:
    """Ranked phrases of the cluster at `rows`."""
    texts = [corpus.findings[row].text for row in rows]
    terms = terms_of(model, model.topics_[rows[0]])
    return rank_phrases(terms, [frozenset(phrases_of(text)) for text in texts])
