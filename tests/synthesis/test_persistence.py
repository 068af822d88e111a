import pandas as pd
import pytest

from lif_nlp.synthesis import persistence, recurring_problems
from tests.synthesis.conftest import document, finding, frames_of

ASKED = "Write down who lives in the home and tell the nursery, the school and the surgery."


@pytest.fixture
def frames():
    """Two areas were asked for action; one still has the problem, the other does not."""
    documents = [
        document(f"{area}{year}", f"{year}-05-01", area=area)
        for area in ("Northam", "Southam")
        for year in (2018, 2022)
    ]
    findings = []
    for one in documents:
        doc, late = one["doc_id"], one["published"].startswith("2022")
        findings.append(finding(doc, 1, role="problem", themes=("voice",), text=f"Found by {doc}."))
        if late and one["area"] == "Southam":
            findings.append(finding(doc, 2, role="strength", themes=("voice",)))
        if not late:
            findings.append(finding(doc, 3, role="action", themes=("voice",), text=ASKED, page=9))
    asked = [f for f in findings if f["role"] == "action"]
    recommendations = pd.DataFrame(
        [{k: f[k] for k in ("finding_id", "doc_id", "page", "text")} | {"owner": "", "due": ""}
         for f in asked]
    )  # fmt: skip
    return frames_of(documents, findings, recommendations=recommendations)


def test_earlier_and_later_words_stand_side_by_side(frames, framework):
    [row] = recurring_problems(frames, framework).to_dict("records")
    assert (row["area"], row["theme_id"]) == ("Northam", "voice")
    assert (row["recommendation_published"], row["recommendation_page"]) == ("2018-05-01", 9)
    assert row["recommendation_text"] == ASKED
    assert (row["latest_published"], row["latest_text"]) == ("2022-05-01", "Found by Northam2022.")
    assert (row["reports_after"], row["latest_problems"], row["latest_strengths"]) == (1, 1, 0)


def test_areas_asked_for_action_and_areas_with_recurrence_are_counted(frames, framework):
    [row] = persistence(frames, framework).to_dict("records")
    assert (row["areas_with_recommendation"], row["areas_with_recurrence"]) == (2, 1)
    assert (round(row["recurrence_low"], 2), round(row["recurrence_high"], 2)) == (0.09, 0.91)


def test_recommendations_made_again_are_counted(frames, framework):
    [row] = persistence(frames, framework).to_dict("records")
    assert row["repeated_recommendations"] == 1


def test_a_report_that_asks_is_not_the_one_that_finds(frames, framework):
    early = frames["documents"][frames["documents"]["published"].lt("2020")]
    assert recurring_problems(frames | {"documents": early}, framework).empty


def test_reports_without_an_area_say_nothing_of_a_place(frames, framework):
    nowhere = frames["documents"].assign(area="")
    assert recurring_problems(frames | {"documents": nowhere}, framework).empty
