import pandas as pd

from lif_nlp.synthesis import REPEATS, repeat_recommendations
from tests.synthesis.conftest import document

SAME = "The partnership should ensure that school nurses receive every police notification."
NEAR = "The Partnership must ensure that every police notification is received by school nurses."
OTHER = "Housing officers should be invited to strategy meetings about unsafe home conditions."


def workspace(*rows):
    """Rows of (doc_id, published, text)."""
    return {
        "documents": pd.DataFrame([document(doc, date) for doc, date, _ in rows]),
        "recommendations": pd.DataFrame(
            [
                {"finding_id": f"{doc}:1", "doc_id": doc, "page": 2, "text": text}
                for doc, _, text in rows
            ]
        ),
    }


def test_a_near_same_later_recommendation_points_to_the_earliest(framework):
    frames = workspace(("z", "2016", SAME), ("m", "2019", NEAR), ("a", "2022", SAME))
    table = repeat_recommendations(frames, framework)
    assert list(table.columns) == list(REPEATS)
    assert table["doc_id"].tolist() == ["z", "m", "a"]
    assert table["repeat_of"].tolist() == ["", "z:1", "z:1"]
    assert table["earlier_published"].tolist() == ["", "2016", "2016"]


def test_different_recommendations_are_not_linked(framework):
    table = repeat_recommendations(workspace(("a", "2016", SAME), ("b", "2019", OTHER)), framework)
    assert table["repeat_of"].tolist() == ["", ""]


def test_a_repeat_inside_one_report_is_no_repeat(framework):
    frames = workspace(("a", "2016", SAME))
    twice = frames["recommendations"].loc[[0, 0]].assign(finding_id=["a:1", "a:2"])
    table = repeat_recommendations({**frames, "recommendations": twice}, framework)
    assert set(table["repeat_of"]) == {""}


def test_short_formulas_are_never_matched(framework):
    frames = workspace(("a", "2016", "Improve training."), ("b", "2019", "Improve training."))
    assert set(repeat_recommendations(frames, framework)["repeat_of"]) == {""}
