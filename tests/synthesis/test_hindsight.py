import pytest

from lif_nlp.synthesis import hindsight_profile
from lif_nlp.synthesis.hindsight import section_kind
from tests.synthesis.conftest import document, finding, frames_of


def test_rates_are_per_thousand_sentences_of_the_section(framework):
    rows = [finding("a", n, heading="Analysis") for n in range(4)]
    rows.append(finding("a", 9, heading="Analysis", hindsight=("blame", "counterfactual")))
    row = hindsight_profile(frames_of([document("a", "2020")], rows), framework).iloc[0]
    assert (row.section, row.sentences, row.blame, row.blame_per_1000) == ("findings", 5, 1, 200.0)
    assert (row.flagged, row.flagged_without_reason, row.explicit) == (1, 1, 0)


def test_recommendations_and_family_words_stand_apart(framework):
    rows = [
        finding("a", 1, heading="Recommendations", hindsight=("counterfactual",)),
        finding("a", 2, heading="Analysis", speaker="family", hindsight=("blame",)),
        finding("a", 3, heading="Analysis"),
    ]
    table = hindsight_profile(frames_of([document("a", "2020")], rows), framework)
    apart = dict(zip(table["section"], table["outside_analysis"], strict=True))
    assert apart == {"findings": False, "family": True, "recommendations": True}


def test_reports_stand_in_order_of_date_and_not_of_rate(framework):
    rows = [finding("new", 1, hindsight=("blame",)), finding("old", 1)]
    documents = [document("new", "2023"), document("old", "2011")]
    table = hindsight_profile(frames_of(documents, rows), framework)
    assert table["doc_id"].tolist() == ["old", "new"]
    assert not {"author", "reviewer", "area"} & set(table.columns)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Report > 4 Family perspective", "family"),
        ("Chronology of key episodes", "narrative"),
        ("Analysis > Recommendations", "recommendations"),
        ("", "other"),
    ],
)
def test_the_heading_names_the_kind_of_section(heading, kind):
    assert section_kind(heading) == kind
