"""Emergent themes are found through BERTopic, with our clusterer or with a user's own models."""

import math
from functools import partial

import numpy as np
import pytest

from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.discovery.clusterer import StableClusterer
from lif_nlp.themes.discovery.emergent import emergent_themes
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.topic_model import CustomModels, fit_bertopic
from lif_nlp.themes.discovery.vocabulary import Vocabulary

LETTERS = ["Appointment letters were late."] * 6
BUSES = ["Bus transport failed."] * 5


def axes(*sizes: int) -> np.ndarray:
    """So many rows along each axis in turn."""
    eye = np.eye(len(sizes) + 1, dtype=np.float32)
    return np.concatenate([np.repeat(eye[[n]], size, axis=0) for n, size in enumerate(sizes)])


@pytest.fixture
def pool(make, encode):
    findings = make()
    return sort_corpus(findings, encode(findings))


def test_labels_begin_with_the_largest_cluster_and_leave_outliers_out():
    clusterer = StableClusterer(min_size=4, max_size=8).fit(axes(5, 6, 1))
    assert clusterer.labels_.tolist() == [1] * 5 + [0] * 6 + [-1]
    assert clusterer.stability_ == (1.0, 1.0)


def test_a_new_row_joins_the_nearest_cluster_or_none():
    clusterer = StableClusterer(min_size=4, max_size=8).fit(axes(5, 6))
    assert clusterer.predict(np.eye(3, dtype=np.float32)).tolist() == [1, 0, -1]


def test_a_cluster_of_too_few_reports_goes():
    reports = ["one report"] * 5 + [f"report {n}" for n in range(6)]
    clusterer = StableClusterer(reports, min_size=4, max_size=8, min_reports=2)
    assert clusterer.fit(axes(5, 6)).labels_.tolist() == [-1] * 5 + [0] * 6


def test_our_clusterer_is_the_cluster_model_of_the_bertopic():
    model = fit_bertopic(
        [*LETTERS, *BUSES],
        axes(6, 5),
        partial(phrases, vocabulary=Vocabulary()),
        StableClusterer(min_size=4, max_size=8),
    )
    assert model.topics_ == [0] * 6 + [1] * 5
    assert isinstance(model.hdbscan_model, StableClusterer)
    assert model.get_topic(1)[0][0] == "bus transport"


def test_texts_without_a_cluster_are_all_outliers():
    model = fit_bertopic(
        LETTERS, np.eye(6, dtype=np.float32), str.split, StableClusterer(min_size=7)
    )
    assert set(model.topics_) == {-1}


def test_texts_without_a_phrase_make_no_model():
    assert fit_bertopic(["It was so."] * 9, axes(9), phrases, StableClusterer()) is None


def test_the_model_that_found_the_themes_carries_their_names(pool, framework):
    discovered = emergent_themes(pool, framework, Vocabulary())
    labels = set(discovered.topic_model.custom_labels_)
    assert {theme.name for theme in discovered.themes} <= labels


def test_a_user_may_bring_another_cluster_model(pool, framework):
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD

    custom = CustomModels(HDBSCAN(min_cluster_size=12), TruncatedSVD(5, random_state=0))
    discovered = emergent_themes(pool, framework, Vocabulary(), custom=custom)
    model = discovered.topic_model
    assert model.hdbscan_model is custom.cluster_model
    assert model.umap_model is custom.dimensionality_model
    # A cluster that no phrase names is a topic and no theme.
    assert 1 < len(discovered.themes) <= max(model.topics_) + 1
    assert all(math.isnan(theme.stability) for theme in discovered.themes)
