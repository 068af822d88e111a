"""The themes of a workspace as a fitted BERTopic."""

import bertopic


def test_a_workspace_hands_out_a_bertopic_with_the_names_of_its_themes(ws):
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
