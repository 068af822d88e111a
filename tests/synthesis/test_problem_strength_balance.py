from pytest import approx

from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis import problem_strength_balance
from tests.synthesis.conftest import document, finding, frames_of


def test_a_report_counts_once_by_what_it_says_more_of(framework):
    frames = frames_of(
        [document(d, "2021") for d in "abcd"],
        [
            finding("a", 1, themes=("voice",)),
            finding("a", 2, themes=("voice",)),
            finding("a", 3, role="strength", themes=("voice",)),
            finding("b", 1, role="strength", themes=("voice",)),
            finding("c", 1, themes=("voice",)),
            finding("c", 2, role="strength", themes=("voice",)),
            finding("d", 1, role="context", themes=("voice",)),
        ],
    )
    [row] = problem_strength_balance(frames, framework).to_dict("records")
    counts = ("more_problems", "balanced", "more_strengths", "reports", "of_reports")
    assert [row[c] for c in counts] == [1, 1, 1, 3, 4]
    assert (row["low"], row["high"]) == approx(wilson_interval(3, 4))
    assert (row["problem_low"], row["problem_high"]) == approx(wilson_interval(1, 3))


def test_nothing_said_gives_an_empty_table(framework):
    frames = frames_of([document("a", "2021")], [finding("a", 1, role="context")])
    assert problem_strength_balance(frames, framework).empty
