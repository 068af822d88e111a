"""BERTopic over unexplained findings: our clusterer and phrases, or a user's own models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from lif_nlp.optional_imports import import_without_dependencies
from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Rows
from lif_nlp.themes.thresholds import NAMING

if TYPE_CHECKING:
    from bertopic import BERTopic

_UNUSED = ("spacy", "hdbscan", "plotly", "sentence_transformers", "torch", "transformers", "umap")
"""Imports of BERTopic that finding themes does not need: we bring clusters and vectors, and
nothing is drawn.  Without them it loads in a third of a second rather than six."""

Phrases = Callable[[str], list[str]]
"""Candidate phrases of a text: the analyzer of BERTopic's vectorizer."""

Encode = Callable[[list[str]], Vectors]
"""Texts to vectors of shape (n, d)."""

Weighted = tuple[tuple[str, float], ...]
"""Phrases with their class tf-idf, best first."""


@dataclass(frozen=True, slots=True)
class CustomModels:
    """Cluster model and dimensionality reduction of the user, in place of our clusterer.

    Both are as BERTopic takes them for `hdbscan_model` and `umap_model`; without a
    `dimensionality_model` the vectors are clustered as they are.
    """

    cluster_model: Any
    dimensionality_model: Any = None


def fit_bertopic(
    texts: Sequence[str],
    vectors: Vectors,
    phrases: Phrases,
    cluster_model: Any = None,
    dimensionality_model: Any = None,
    *,
    labels: Rows | None = None,
    encode: Encode | None = None,
    complete: bool = False,
) -> BERTopic | None:
    """A BERTopic fitted to `texts`, or None where no text contains a candidate phrase.

    Parameters
    ----------
    texts, vectors
        Documents, and their vectors of shape (n, d).
    phrases
        Candidate phrases of a text; they replace single words in c-TF-IDF.
    cluster_model
        Anything with `fit(X, y)` and `labels_`.  BERTopic renumbers clusters by size.  None
        when `labels` are given.
    dimensionality_model
        Anything with `fit(X)` and `transform(X)`; None reduces nothing.
    labels
        Cluster of each text, -1 for none, where clusters are known already (BERTopic's manual
        topic modelling).
    encode
        Texts to vectors, so that the model can place new texts and search its topics.
    complete
        Whether BERTopic is imported with all its parts, to be handed to a user who may
        draw with it.  It then takes torch, UMAP and plotly along.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    # CountVectorizer raises an error for an empty vocabulary.
    if not any(chain.from_iterable(map(phrases, texts))):
        return None
    bertopic = _complete_bertopic() if complete else _light_bertopic()
    model: BERTopic = bertopic.BERTopic(
        # For English BERTopic strips punctuation, at which our phrases must end.
        language="multilingual",
        umap_model=dimensionality_model or bertopic.dimensionality.BaseDimensionalityReduction(),
        hdbscan_model=cluster_model or bertopic.cluster.BaseCluster(),
        vectorizer_model=CountVectorizer(analyzer=phrases),
        # Damped as in BM25, and without words that are frequent everywhere: sentences are short.
        ctfidf_model=bertopic.vectorizers.ClassTfidfTransformer(
            bm25_weighting=True, reduce_frequent_words=True
        ),
        top_n_words=NAMING.candidates,
        calculate_probabilities=False,
        embedding_model=_embedder(bertopic, encode) if encode else None,
    )
    return model.fit(list(texts), embeddings=vectors, y=labels)


def terms_of(model: BERTopic, topic: int) -> Weighted:
    """The phrases that distinguish a topic."""
    return tuple((phrase, float(weight)) for phrase, weight in model.get_topic(topic))


def _embedder(bertopic: Any, encode: Encode) -> Any:
    class Embedder(bertopic.backend.BaseEmbedder):  # type: ignore[misc]
        """Our encoder as BERTopic takes one."""

        def embed(self, documents: list[str], verbose: bool = False) -> Vectors:
            return encode(documents)

    return Embedder()


def _complete_bertopic() -> Any:
    import bertopic

    return bertopic


@lru_cache(maxsize=1)
def _light_bertopic() -> Any:
    return import_without_dependencies("bertopic", *_UNUSED)
