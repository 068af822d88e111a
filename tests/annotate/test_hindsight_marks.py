"""People are asked about each hindsight wording once, and not about a family's words."""

from lif_nlp.annotate.hindsight_marks import hindsight_wordings
from lif_nlp.records import Finding, LabelEvidence


def test_each_word_stands_under_one_mark_and_a_familys_under_none():
    def mark(code, start, end, note=""):
        return LabelEvidence("hindsight", code, start, end, note=note)

    marks = (
        mark("blame", 0, 40),
        mark("blame", 11, 17),
        mark("counterfactual", 11, 20),
        mark("counterfactual", 25, 30),
        mark("blame", 32, 38, "family"),
        mark("outcome", 31, 32),
        LabelEvidence("role", "problem", 21, 24),
    )
    found = Finding(
        "f", "d", 0, 40, "x" * 40, 1, hindsight=("blame", "counterfactual"), marks=marks
    )
    assert hindsight_wordings(found) == [marks[1], marks[3]]
