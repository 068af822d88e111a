"""Terms of clusters, by BERTopic over clusters of our own (its manual mode)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from lif_nlp.optional_imports import import_without_dependencies
from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Rows

_TERMS = 30
_UNUSED = ("spacy", "hdbscan", "plotly", "sentence_transformers", "torch", "transformers", "umap")
"""What BERTopic can do without, as we bring clusters and vectors and draw nothing with it."""

if TYPE_CHECKING:
    from bertopic import BERTopic

Weighted = tuple[tuple[str, float], ...]


def topic_terms(
    texts: Sequence[str], vectors: Vectors, labels: Rows, phrases: Callable[[str], list[str]]
) -> dict[int, Weighted]:
    """Phrases that set each cluster apart, with their class tf-idf, best first.

    `labels` gives the cluster of each text, -1 for none.
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
    from sklearn.feature_extraction.text import CountVectorizer

    bertopic = _lean_bertopic()
    model: BERTopic = bertopic.BERTopic(
        # Any other language than English stops BERTopic from stripping the
        # punctuation that ends our phrases.
        language="multilingual",
        umap_model=bertopic.dimensionality.BaseDimensionalityReduction(),
        hdbscan_model=bertopic.cluster.BaseCluster(),
        vectorizer_model=CountVectorizer(analyzer=phrases),
        ctfidf_model=bertopic.vectorizers.ClassTfidfTransformer(
            bm25_weighting=True, reduce_frequent_words=True
        ),
        top_n_words=_TERMS,
        calculate_probabilities=False,
    )
    return model


@lru_cache(maxsize=1)
def _lean_bertopic() -> Any:
    """BERTopic in a third of a second rather than six."""
    return import_without_dependencies("bertopic", *_UNUSED)
