"""Terms of clusters, by BERTopic over clusters of our own (its manual mode)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Rows

_TERMS = 30

if TYPE_CHECKING:
    from bertopic import BERTopic

Weighted = tuple[tuple[str, float], ...]


def topic_terms(
    texts: Sequence[str], vectors: Vectors, labels: Rows, phrases: Callable[[str], list[str]]
) -> dict[int, Weighted]:
    """Phrases that set each cluster apart, with their class tf-idf, best first.

    `labels` gives the cluster of each text, -1 for none.  Importing BERTopic takes
    12 to 20 seconds, so this is called only when there are clusters to name.
    """
    if not any(label >= 0 for label in labels):
        return {}
    if not any(chain.from_iterable(map(phrases, texts))):
        return {int(label): () for label in set(labels.tolist()) - {-1}}
    model = _manual_bertopic(phrases)
    topics, _ = model.fit_transform(list(texts), embeddings=vectors, y=labels)
    # BERTopic numbers topics anew by size: take each one's own label from a member.
    member = {topic: row for row, topic in reversed(list(enumerate(topics)))}
    return {
        int(labels[row]): tuple((word, float(weight)) for word, weight in model.get_topic(topic))
        for topic, row in member.items()
        if topic >= 0
    }


def _manual_bertopic(phrases: Callable[[str], list[str]]) -> BERTopic:
    from bertopic import BERTopic
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    return BERTopic(
        # Any other language than English stops BERTopic from stripping the
        # punctuation that ends our phrases.
        language="multilingual",
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=CountVectorizer(analyzer=phrases),
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True, reduce_frequent_words=True),
        top_n_words=_TERMS,
        calculate_probabilities=False,
    )
