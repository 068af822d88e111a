"""The contract of text-in estimators, the same for both."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from lif_nlp import LifError, PracticeAnnotator, ThemeModel

TEXTS = [
    "The school failed to tell the health visitor about the bruise.",
    "Home conditions were poor and the children were hungry; neglect was named early.",
    "Staff listened to the boy and wrote his own words in the plan.",
    "The chronology was not used in supervision because of workload.",
    "Police notifications of domestic abuse reached the school before registration.",
    "The social worker visited weekly and saw each child alone.",
]


@pytest.fixture(params=[PracticeAnnotator, ThemeModel], ids=lambda kind: kind.__name__)
def estimator(request):
    return request.param(encoder="hashed")


def test_the_constructor_only_stores(estimator):
    assert estimator.get_params()["encoder"] == "hashed"
    assert not [name for name in vars(estimator) if name.endswith("_")]


def test_parameters_can_be_set_and_cloned(estimator):
    estimator.set_params(profile="fast")

    assert clone(estimator).get_params() == estimator.get_params()


def test_fit_gives_itself_and_a_second_fit_changes_nothing(estimator):
    assert estimator.fit(TEXTS) is estimator
    first = estimator.transform(TEXTS)

    pd.testing.assert_frame_equal(estimator.fit(TEXTS).transform(TEXTS), first)
    pd.testing.assert_frame_equal(clone(estimator).fit_transform(TEXTS), first)


def test_rows_follow_the_order_of_the_texts(estimator):
    estimator.fit(TEXTS)
    forward, back = estimator.transform(TEXTS), estimator.transform(TEXTS[::-1])

    assert back.to_numpy().tolist() == forward.to_numpy()[::-1].tolist()


def test_no_texts_give_no_rows_and_the_same_columns(estimator):
    estimator.fit(TEXTS)

    empty = estimator.transform([])
    assert empty.shape[0] == 0
    assert empty.columns.tolist() == estimator.get_feature_names_out().tolist()


def test_the_index_of_a_series_is_kept(estimator):
    texts = pd.Series(TEXTS[:2], index=["a", "b"])

    assert estimator.fit(TEXTS).transform(texts).index.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("one text", "one text was given where a list of texts is needed"),
        (["a", None], r"entry 1 \(counted from 0\) is NoneType, not a text"),
    ],
)
def test_what_is_no_list_of_texts_is_refused(estimator, given, message):
    with pytest.raises(LifError, match=message):
        estimator.fit(given)


def test_a_theme_model_must_be_fitted_first():
    with pytest.raises(NotFittedError, match="ThemeModel instance is not fitted yet"):
        ThemeModel(encoder="hashed").transform(TEXTS)


def test_an_annotator_needs_no_fit():
    found = PracticeAnnotator(encoder="hashed").transform(TEXTS)

    assert found.loc[0, "hindsight"] == ("blame",)
    assert found.loc[1, "priorities"] == ("neglect",)


def test_an_unknown_output_is_refused():
    with pytest.raises(LifError, match="unknown output 'vectors'; choose one of: labels, scores"):
        PracticeAnnotator(output="vectors", encoder="hashed").fit(TEXTS)


def test_scores_feed_a_classifier_in_a_pipeline():
    own = np.array([0, 1, 0, 0, 1, 0])
    pipeline = make_pipeline(
        PracticeAnnotator(output="scores", encoder="hashed"), LogisticRegression()
    )

    assert pipeline.fit(TEXTS, own).predict(TEXTS).shape == (6,)


def test_themes_do_not_depend_on_the_order_or_on_repeats():
    one = ThemeModel(encoder="hashed").fit(TEXTS)
    two = ThemeModel(encoder="hashed").fit([*TEXTS[::-1], TEXTS[0]])

    pd.testing.assert_frame_equal(one.themes_, two.themes_)


def test_a_sub_theme_takes_the_texts_of_its_parent_that_carry_its_phrase():
    interviews = (
        "Return home interviews {}, and missing episodes at risk of exploitation were mapped."
    )
    exploited = "Young people at risk of criminal exploitation who went missing {}."
    lines = "Police mapped county lines and exploitation {}."
    talk = "Exploitation was talked about {}."
    wheres = (
        "after the first episode",
        "within three days",
        "by a worker who was new",
        "in the park",
    )
    wheres += ("with her aunt there", "late in March", "in a second town", "at the station")
    wheres += ("for the third time", "after school", "in the holidays", "on a Friday night")
    wheres += ("in the last week", "for the twins")
    done = (
        "were completed",
        "were not held",
        "were missed",
        "were late",
        "were kept",
        "were refused",
    )
    met = ("were found", "were not seen", "were helped", "were met", "were lost", "were sought")
    how = ("well", "late", "poorly", "with schools", "with care", "again")
    pairs = ((interviews, done), (exploited, met), (lines, how), (talk, how))
    texts = [t.format(f"{verb} {at}") for t, verbs in pairs for verb in verbs for at in wheres]
    # what belongs to one theme is told beside another
    texts += [f"The plan for the children {verb} {at}." for verb in done for at in wheres]

    model = ThemeModel(encoder="hashed").fit(texts)
    sub = model.themes_.set_index("name")["theme_id"].filter(like=": return home interviews")

    strengths = model.transform(texts)[sub.item()]
    assert (strengths > 0).tolist() == [text.startswith("Return home") for text in texts]


def test_a_fitted_estimator_goes_through_pickle_and_joblib(estimator, tmp_path):
    import pickle

    import joblib

    before = estimator.fit(TEXTS).transform(TEXTS)
    joblib.dump(estimator, tmp_path / "estimator.joblib")
    for after in (
        pickle.loads(pickle.dumps(estimator)),
        joblib.load(tmp_path / "estimator.joblib"),
    ):
        pd.testing.assert_frame_equal(after.transform(TEXTS), before)
        assert after.get_params() == estimator.get_params()


def test_a_pickle_holds_no_loaded_model():
    import pickle

    fitted = PracticeAnnotator(encoder="hashed").fit(TEXTS)
    assert len(pickle.dumps(fitted)) < 1_000_000
    assert "annotator_" not in vars(pickle.loads(pickle.dumps(fitted)))


def test_numpy_texts_are_texts(estimator):
    from_list = estimator.fit(TEXTS).transform(TEXTS)
    pd.testing.assert_frame_equal(estimator.transform(np.array(TEXTS)), from_list)


@pytest.mark.parametrize(
    "given", [pd.DataFrame({"text": TEXTS}), np.array([TEXTS, TEXTS])], ids=["frame", "2-d array"]
)
def test_a_table_is_refused_with_a_hint(estimator, given):
    with pytest.raises(LifError, match=r"give one column, such as frame\['text'\]"):
        estimator.fit(given)


def test_an_encoder_may_be_an_object():
    from lif_nlp.embed import load_encoder

    given = ThemeModel(encoder=load_encoder("hashed")).fit(TEXTS)
    named = ThemeModel(encoder="hashed").fit(TEXTS)
    pd.testing.assert_frame_equal(given.transform(TEXTS), named.transform(TEXTS))
    with pytest.raises(LifError, match="encoder is a int; give a name, the folder of a model"):
        PracticeAnnotator(encoder=7).fit(TEXTS)


def test_predictions_are_the_role_and_the_surest_theme():
    roles = PracticeAnnotator(encoder="hashed").predict(TEXTS)
    assert roles.tolist() == PracticeAnnotator(encoder="hashed").transform(TEXTS)["role"].tolist()
    model = ThemeModel(encoder="hashed").fit(TEXTS)
    themes = model.predict([*TEXTS, "It was a Tuesday."])
    assert themes[-1] == ""
    assert set(themes) <= {"", *model.themes_["theme_id"]}


def test_several_processes_give_the_same_labels(monkeypatch):
    from lif_nlp.api import estimators

    monkeypatch.setattr(estimators, "MIN_TEXTS_PER_PROCESS", 2)
    one = PracticeAnnotator(encoder="hashed", rules_only=True).transform(TEXTS)
    two = PracticeAnnotator(encoder="hashed", rules_only=True, n_jobs=2).transform(TEXTS)
    pd.testing.assert_frame_equal(two, one)


def test_what_was_saved_gives_the_same_and_holds_no_pickle(estimator, tmp_path):
    before = estimator.fit(TEXTS).transform(TEXTS)
    estimator.save(tmp_path / "kept")
    after = type(estimator).load(tmp_path / "kept")
    assert after.get_params() == estimator.get_params()
    pd.testing.assert_frame_equal(after.transform(TEXTS), before)
    if isinstance(after, ThemeModel):
        pd.testing.assert_frame_equal(after.themes_, estimator.themes_)
        assert (
            after.topic_documents_["text"].tolist() == estimator.topic_documents_["text"].tolist()
        )
    for path in (tmp_path / "kept").iterdir():
        assert not path.read_bytes().startswith(b"\x80")


def test_what_cannot_be_saved_or_loaded_says_why(tmp_path):
    from sklearn.cluster import KMeans

    with pytest.raises(LifError, match="cluster_model is a KMeans, which save cannot keep"):
        ThemeModel(cluster_model=KMeans()).save(tmp_path / "kept")
    with pytest.raises(LifError, match="no estimator is saved here"):
        ThemeModel.load(tmp_path / "kept")
    ThemeModel(encoder="hashed").save(tmp_path / "themes")
    (tmp_path / "themes" / "themes.json").write_text('{"themes": 7}', encoding="utf-8")
    with pytest.raises(LifError, match=r"damaged \((Validation|Key)Error\); save the estimator"):
        ThemeModel.load(tmp_path / "themes")
    fitted = ThemeModel(encoder="hashed").fit(TEXTS)
    fitted.save(tmp_path / "themes")
    (tmp_path / "themes" / "vectors.npy").write_bytes(b"")
    with pytest.raises(LifError, match=r"damaged \(EOFError\); save the estimator again"):
        ThemeModel.load(tmp_path / "themes")
    (tmp_path / "themes" / "vectors.npy").unlink()
    (tmp_path / "themes" / "vectors.npy").mkdir()
    with pytest.raises(OSError, match="directory"):
        fitted.save(tmp_path / "themes")
    with pytest.raises(LifError, match="no estimator is saved here"):
        ThemeModel.load(tmp_path / "themes")
    PracticeAnnotator(encoder="hashed").save(tmp_path / "kept")
    with pytest.raises(LifError, match=r"holds a PracticeAnnotator; load it with Pr\w+\.load"):
        ThemeModel.load(tmp_path / "kept")
    (tmp_path / "kept" / "estimator.json").write_text("{", encoding="utf-8")
    with pytest.raises(
        LifError, match=r"kept: damaged \(JSONDecodeError\); save the estimator again"
    ):
        PracticeAnnotator.load(tmp_path / "kept")


def test_a_spacy_pipeline_may_be_an_object_and_stays_as_it_was():
    import spacy

    given = spacy.blank("en")
    given.add_pipe("sentencizer")
    named = PracticeAnnotator(encoder="hashed").transform(TEXTS)
    own = PracticeAnnotator(encoder="hashed", spacy_model=given).transform(TEXTS)
    assert given.pipe_names == ["sentencizer"]
    pd.testing.assert_frame_equal(own, named)
    with pytest.raises(LifError, match="spacy_model is a int; give the name of an installed"):
        PracticeAnnotator(encoder="hashed", spacy_model=7).fit(TEXTS)
