"""Layouts of reviews and trackers as other hands write them."""

import pytest

from lif_nlp.framework import load_framework
from lif_nlp.framework.status import load_status_language
from lif_nlp.ingest.reader import read
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.documents import kind_by_words
from lif_nlp.ledger.trackers.rows import read_tracker
from tests.ledger.makers import document, grid

LANGUAGE = load_status_language()
GREEN, BLUE = "92D050", "00B0F0"
FORM = "The Partnership should replace the two bruising forms with one pathway."
FATHER = "Maternity services should record the father at booking."


def listed(label):
    return f"{label.format(1)}{FORM}\n\n{label.format(2)}{FATHER}\n"


@pytest.mark.parametrize(
    "body",
    [
        "## Where this leaves us\n\nTwo matters are put to the Partnership. First, the Partnership "
        "should replace the two bruising forms with one pathway. Second, maternity services "
        "should record the father at booking.\n",
        f"## Finding 1: forms\n\nThere were two.\n\n**Recommendation 1:** {FORM}\n\n"
        f"## Finding 2: fathers\n\nNobody asked.\n\n**Recommendation 2:** {FATHER}\n",
        f"## Proposals for change\n\ni) {FORM}\n\nii) {FATHER}\n",
        f"## Challenges to the Partnership\n\nA. {FORM}\n\nB. {FATHER}\n",
        "## Questions for the Board\n\n1. How will the Board replace the two bruising forms?\n\n"
        "2. How will the Board know that fathers are recorded?\n",
        f"## Learning and how to use it\n\n{listed('Learning point {}: ')}",
        f"## Recommendations\n\n{listed('MB/{} ')}",
        "## Recommendations\n\nThe panel recommends that: (a) the Partnership replace the two "
        "bruising forms with one; and (b) maternity services record the father at booking.\n",
    ],
)
def test_recommendations_stand_in_many_layouts(body, tmp_path):
    path = tmp_path / "review.md"
    story = "# Local review: Child Plover\n\n## What happened\n\nStaff should have seen Plover.\n\n"
    path.write_text(story + body, encoding="utf-8")
    [review] = read(path, framework=load_framework())
    asks = asks_of(review, [])
    assert len(asks) == 2
    assert "ather" in asks[1].text


def statuses(*rows, **options):
    return [r.status for r in read_tracker([grid(*rows, **options)], "p.xlsx", LANGUAGE).rows]


def test_letters_stand_for_the_colours_of_the_legend():
    legend = ("R = behind; A = started; G = on course; B = finished",)
    header = ("No", "Action", "Lead", "Due", "RAG")
    rows = [(str(n), "Write the form", "Trust", "", letter) for n, letter in enumerate("GB")]
    assert statuses(legend, header, *rows) == ["on track", "done"]


def test_a_legend_may_have_no_signs():
    rows = (
        ("Key: Blue complete | Green on track | Amber delay likely | Red missed",),
        ("Ref", "Action", "Owner", "Due", "BRAG"),
        ("1", "Write the form", "T", "May", ""),
        ("2", "Send the form", "T", "May", ""),
    )
    assert statuses(*rows, fills={(2, 4): GREEN, (3, 4): BLUE}) == ["on track", "done"]


def test_percentages_and_ticks_are_statuses():
    header = ("No", "Action", "Lead", "Due", "% complete")
    rows = [(str(n), "Write", "T", "", cell) for n, cell in enumerate(("75%", "100%", "0%", "✓"))]
    assert statuses(header, *rows) == ["in progress", "done", "not started", "done"]


def test_the_last_quarter_that_is_filled_counts():
    header = ("Ref", "Action", "Owner", "Q1 update", "Q2 update")
    assert statuses(
        header,
        ("1", "Write the form", "T", "Work under way.", ""),
        ("2", "Send the form", "T", "Not started", "Sent to all schools on 3 June."),
    ) == ["in progress", "done"]


def test_news_count_where_the_date_of_completion_is_blank():
    header = ("Ref", "Action", "Owner", "Target", "Date completed", "Commentary")
    row = ("1", "Write the form", "Trust", "May 24", "", "Draft with the ward managers.")
    assert statuses(header, row) == ["in progress"]


def test_what_a_document_says_goes_before_its_title():
    answer = document(
        "d", "Letter to the chair",
        "We accept recommendation 1.", "Recommendation 2 is not accepted.",
        "Agreed in principle.", "We accept all the others.",
    )  # fmt: skip
    inspection = document(
        "d", "Letter to the chair", "Dear colleague,",
        "The pathway is not yet embedded.", "Recording has improved since the last visit.",
        "It is too early to say what changed.", "We did not look at night calls.",
    )  # fmt: skip
    assert kind_by_words(answer, LANGUAGE) == "response"
    assert kind_by_words(inspection, LANGUAGE) == "check"
