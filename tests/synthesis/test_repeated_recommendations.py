import pandas as pd

from lif_nlp.schema import column_names
from lif_nlp.synthesis import repeated_recommendations
from lif_nlp.synthesis.repeated_recommendations import boilerplate_recommendations
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
    table = repeated_recommendations(frames, framework)
    assert list(table.columns) == list(column_names("repeated_recommendations"))
    assert table["doc_id"].tolist() == ["z", "m", "a"]
    assert table["repeat_of"].tolist() == ["", "z:1", "z:1"]
    assert table["earlier_published"].tolist() == ["", "2016", "2016"]


def test_different_recommendations_are_not_linked(framework):
    table = repeated_recommendations(
        workspace(("a", "2016", SAME), ("b", "2019", OTHER)), framework
    )
    assert table["repeat_of"].tolist() == ["", ""]


def test_a_repeat_inside_one_report_is_no_repeat(framework):
    frames = workspace(("a", "2016", SAME))
    twice = frames["recommendations"].loc[[0, 0]].assign(finding_id=["a:1", "a:2"])
    table = repeated_recommendations({**frames, "recommendations": twice}, framework)
    assert set(table["repeat_of"]) == {""}


def test_short_formulas_are_never_matched(framework):
    frames = workspace(("a", "2016", "Improve training."), ("b", "2019", "Improve training."))
    assert set(repeated_recommendations(frames, framework)["repeat_of"]) == {""}


def test_a_form_that_stands_in_reports_about_many_areas_is_no_repeat(framework):
    rows = [(f"d{n}", f"201{n}", SAME if n % 2 else NEAR) for n in range(5)]
    frames = workspace(*rows, ("e1", "2016", OTHER), ("e2", "2018", OTHER))
    places = frames["documents"].assign(area=[*list("abcde"), "a", "b"])
    table = repeated_recommendations({**frames, "documents": places}, framework)
    assert dict(zip(table["finding_id"], table["repeat_of"], strict=True)) == {
        **{f"d{n}:1": "" for n in range(5)}, "e1:1": "", "e2:1": "e1:1",
    }  # fmt: skip
    assert boilerplate_recommendations({**frames, "documents": places}) == {
        f"d{n}:1" for n in range(5)
    }


def test_the_same_words_again_and_again_about_one_area_are_repeats(framework):
    frames = workspace(*((f"d{n}", f"201{n}", SAME) for n in range(5)))
    one = frames["documents"].assign(area="Northam")
    table = repeated_recommendations({**frames, "documents": one}, framework)
    assert table["repeat_of"].tolist() == ["", *["d0:1"] * 4]


def test_the_earlier_words_stand_beside_the_later(framework):
    row = repeated_recommendations(workspace(("a", "2016", SAME), ("b", "2019", NEAR)), framework)
    last = row.iloc[1]
    assert (last.earlier_title, last.earlier_page, last.earlier_text) == ("Report a", "2", SAME)


def test_what_a_person_said_goes_before(framework):
    frames = workspace(("a", "2016", SAME), ("b", "2019", NEAR), ("c", "2020", OTHER))
    said = frames["recommendations"].assign(same_as=["c:1", "none", ""])
    table = repeated_recommendations({**frames, "recommendations": said}, framework)
    assert table["repeat_of"].tolist() == ["", "", "a:1"]
