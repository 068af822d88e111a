from pytest import approx

from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis import compare
from tests.synthesis.conftest import document, finding, frames_of


def made(ours, others, kinds=("jtai", "jtai")):
    """Reports of ours and of others, as many as said; of each the first few find a problem."""
    documents, findings = [], []
    for name, (found, of), kind in zip("mo", (ours, others), kinds, strict=True):
        for number in range(of):
            doc = f"{name}{number}"
            documents.append(document(doc, "2021", kind))
            role = "problem" if number < found else "strength"
            findings.append(finding(doc, 1, role=role, themes=("voice",)))
    return frames_of(documents, findings), [f"m{n}" for n in range(ours[1])]


def reading(framework, *args):
    frames, ours = made(*args)
    [row] = compare(frames, framework, ours=ours).to_dict("records")
    return row["conclusion"]


def test_shares_stand_with_their_denominators_and_ranges(framework):
    frames, ours = made((9, 10), (2, 10))
    [row] = compare(frames, framework, ours=ours).to_dict("records")
    assert (
        row["our_reports"],
        row["of_our_reports"],
        row["other_reports"],
        row["of_other_reports"],
    ) == (9, 10, 2, 10)
    assert (row["our_low"], row["our_high"]) == approx(wilson_interval(9, 10))
    assert row["change"] == approx(0.7)
    assert row["conclusion"] == "more often in ours"


def test_what_may_be_said_depends_on_how_much_there_is_and_of_what_kind(framework):
    assert reading(framework, (2, 10), (9, 10)) == "less often in ours"
    assert reading(framework, (5, 10), (6, 10)) == "no clear difference"
    assert reading(framework, (4, 4), (1, 10)) == "too few reports"
    assert reading(framework, (9, 10), (0, 4)) == "too few reports"
    assert reading(framework, (9, 10), (2, 10), ("jtai", "ilacs")) == "other kinds of report"


def test_one_set_alone_cannot_be_compared(framework):
    frames, ours = made((9, 10), (0, 0))
    assert compare(frames, framework, ours=ours).empty
