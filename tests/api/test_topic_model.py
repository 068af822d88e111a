"""The themes of a workspace as a fitted BERTopic."""

import pytest

from lif_nlp import LifError, PracticeAnnotator, ThemeModel


def test_a_workspace_hands_out_a_bertopic_with_the_names_of_its_themes(ws):
    import bertopic  # here, since it takes every worker of pytest nine seconds

    model = ws.topic_model(shown_only=False)
    assert isinstance(model, bertopic.BERTopic)
    known = set(ws.themes(shown_only=False).query("kind == 'known'")["name"])
    assert known.issuperset(set(model.custom_labels_) - {"No theme"})


def test_its_documents_are_the_findings_in_order(ws):
    model = ws.topic_model(shown_only=False)
    documents = ws.topic_documents(shown_only=False)
    assert documents["topic"].tolist() == model.topics_
    labels = dict(zip(model.get_topic_info()["Topic"], model.custom_labels_, strict=True))
    named = documents[documents["topic"] >= 0]
    assert named["theme"].tolist() == [labels[topic] for topic in named["topic"]]
    texts = ws.findings().set_index("finding_id")["text"]
    assert documents["text"].tolist() == texts[documents["finding_id"]].tolist()


def test_new_texts_are_placed_without_the_workspace(ws):
    topics, _ = ws.topic_model(shown_only=False).transform(["The school was not told."])
    assert topics[0] in set(ws.topic_documents(shown_only=False)["topic"])


def test_the_model_is_fitted_once_for_the_same_themes(ws):
    assert ws.topic_model(shown_only=False) is ws.topic_model(shown_only=False)


ADVERBS = ("", "in May ", "in June ", "last week ", "again ", "at night ", "twice ", "last year ")
FAULTS = ("were not checked", "were often missed", "were too slow", "were not provided")
SUBJECTS = ("Bicycle helmets", "Breakfast clubs", "Taxi fares")
TEXTS = [
    f"{s} {fault} {a}.".replace(" .", ".") for s in SUBJECTS for fault in FAULTS for a in ADVERBS
]


@pytest.fixture(scope="module")
def own_models():
    from hdbscan import HDBSCAN
    from umap import UMAP

    return ThemeModel(
        encoder="hashed",
        cluster_model=HDBSCAN(min_cluster_size=10),
        # few epochs: here it runs as Python, see tests/conftest.py
        dimensionality_model=UMAP(
            n_components=3, n_neighbors=10, n_epochs=50, random_state=1, n_jobs=1
        ),
    ).fit(TEXTS)


def test_a_theme_model_takes_the_users_umap_and_hdbscan(own_models):
    model = own_models.discovery_model_
    assert type(model).__name__ == "BERTopic"
    assert model.umap_model.n_components == 3
    assert model.hdbscan_model.min_cluster_size == 10
    assert sorted(own_models.themes_["name"]) == [
        "Bicycle helmets",
        "Breakfast clubs",
        "Taxi fares",
    ]
    assert own_models.themes_["stability"].isna().all()
    assert set(own_models.themes_["name"]) <= set(model.custom_labels_)


def test_its_topic_model_covers_the_texts_about_practice(own_models):
    model, documents = own_models.topic_model_, own_models.topic_documents_
    roles = PracticeAnnotator(encoder="hashed").transform(TEXTS)["role"]
    about_practice = [t for t, role in zip(TEXTS, roles, strict=True) if role != "context"]
    assert sorted(documents["text"]) == sorted(about_practice)
    assert documents["topic"].tolist() == model.topics_
    assert set(documents["theme"]) - {""} == set(own_models.themes_.query("texts > 0")["name"])


def test_the_users_models_are_cloned_and_not_fitted(own_models):
    assert not hasattr(own_models.cluster_model, "labels_")


def test_a_dimensionality_model_alone_is_refused():
    from umap import UMAP

    with pytest.raises(LifError, match="dimensionality_model is given without cluster_model"):
        ThemeModel(encoder="hashed", dimensionality_model=UMAP()).fit(TEXTS)
