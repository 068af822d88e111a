"""What makes a finding a member of a known point: the claim, not the words alone."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.records import Finding
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.points.agreement import draw_examples, support_figures, true_members
from lif_nlp.themes.points.groups import KnownPoints, stated_points
from lif_nlp.themes.points.membership import MEMBER_FIGURES, MemberTest, member_figures
from lif_nlp.themes.points.pair_test import pair_test_for
from lif_nlp.themes.points.thresholds import AGREEMENT

WHOLE = "Return home interviews are timely."
TAKEN_BACK = "Return home interviews are timely but say little, and plans do not use them."


@pytest.fixture(scope="module")
def known(framework):
    return KnownPoints(framework)


@pytest.fixture(scope="module")
def stated(finder, known):
    findings = [
        Finding(f"f{n}", f"d{n}", 0, 1, text, 1, role="strength",
                scores={"role:strength": score}, frames=finder.find(text, "strength"))
        for n, (text, score) in enumerate(((WHOLE, 0.95), (TAKEN_BACK, 0.6)))
    ]  # fmt: skip
    corpus = sort_corpus(findings, np.zeros((2, 1), np.float32))
    return stated_points(corpus.findings, known), corpus


def figures_by_row(stated, known, test):
    statements, corpus = stated
    rows = member_figures(statements, corpus, known, test, None)
    return {
        s.row: dict(zip(MEMBER_FIGURES, row.round(3).tolist(), strict=True))
        for s, row in zip(statements, rows, strict=True)
    }


def test_figures_tell_a_claim_that_is_taken_back(stated, known):
    figures = figures_by_row(stated, known, MemberTest())
    assert (figures[0]["contrast"], figures[1]["contrast"]) == (0, 1)
    assert (figures[0]["role"], figures[1]["role"]) == pytest.approx((0.95, 0.6))
    assert figures[0]["strength"] == 1


def test_typical_words_are_those_of_the_point(stated, known):
    [id] = {s.point_id for s in stated[0] if s.row == 0}
    test = MemberTest(typical={id: {"return": 0.9, "interview": 0.6}})
    # return, home, interview, timely
    assert figures_by_row(stated, known, test)[0]["typical"] == pytest.approx(0.375)


def members_by(stated, known, framework, test):
    statements, corpus = stated
    whole = replace(pair_test_for(None), members=test)
    table = whole.table(corpus.findings, corpus.vectors, framework, None)
    return true_members(statements, table, known, whole, None)


def test_a_finding_under_the_threshold_is_no_member(stated, known, framework):
    test = MemberTest(weights={"contrast": -2.0}, bias=1.0, least=0.5)
    kept = members_by(stated, known, framework, test)
    assert {s.row for s in kept} == {0}
    assert kept[0].confidence == pytest.approx(0.731, abs=1e-3)


def test_without_weights_all_are_members(stated, known, framework):
    assert members_by(stated, known, framework, MemberTest()) == stated[0]


def test_the_shipped_test_prefers_the_whole_claim(stated, known, framework):
    test = replace(pair_test_for(None).members, least=0.0)
    sure = {s.row: s.confidence for s in members_by(stated, known, framework, test)}
    assert sure[1] < sure[0]


@pytest.fixture(scope="module")
def late(findings, vectors_of, framework, known):
    """The table of the small corpus, its statements and those that return interviews are late."""
    corpus = sort_corpus(findings, vectors_of(findings))
    table = pair_test_for(None).table(corpus.findings, corpus.vectors, framework, None)
    statements = stated_points(corpus.findings, known)
    return table, [s for s in statements if s.point_id == "lp-return_home_interviews_late"]


def test_a_doubtful_finding_like_the_sure_members_is_one_and_an_odd_one_is_not(
    late, known, monkeypatch
):
    few = replace(AGREEMENT, least_examples=3)
    monkeypatch.setattr("lif_nlp.themes.points.agreement.AGREEMENT", few)
    table, statements = late
    test = pair_test_for(None)
    members = MemberTest(
        weights={"role": 1.0}, least=0.5,
        agreed_weights={"best_support": 10.0}, agreed_bias=-2.0, agreed_least=0.5,
    )  # fmt: skip
    boats = next(r for r, f in enumerate(table.findings) if "boat" in f.text)
    odd = replace(statements[0], row=boats)
    kept = true_members([*statements, odd], table, known, replace(test, members=members), None)
    assert {s.row for s in kept} == {s.row for s in statements}


def test_a_finding_is_not_its_own_support_nor_is_its_report(late):
    table, statements = late
    examples = draw_examples(statements[:1], table)
    figures, is_supported = support_figures(statements, table, pair_test_for(None), examples)
    assert not is_supported.any()  # one example is too few
    own = statements[0].row
    assert figures[[s.row == own for s in statements]].tolist() == [[0.0, 0.0]]
    assert figures.max() > 0.3


def test_support_does_not_depend_on_the_order_of_statements(late):
    table, statements = late
    test, examples = pair_test_for(None), draw_examples(statements, table)
    assert examples == draw_examples(statements[::-1], table)
    forth, _ = support_figures(statements, table, test, examples)
    back, _ = support_figures(statements[::-1], table, test, examples)
    assert np.array_equal(forth, back[::-1])


def test_a_noun_before_the_aspect_narrows_it(finder, known):
    texts = ("Plans are detailed.", "The workforce development plan is detailed.")
    findings = [
        Finding(f"f{n}", f"d{n}", 0, 1, text, 1, role="strength",
                frames=finder.find(text, "strength"))
        for n, text in enumerate(texts)
    ]  # fmt: skip
    corpus = sort_corpus(findings, np.zeros((2, 1), np.float32))
    test = MemberTest(priors={"strength|plan": 0.4}, means={"prior": 0.7})
    rows = figures_by_row((stated_points(corpus.findings, known), corpus), known, test)
    assert (rows[0]["compound"], rows[1]["compound"]) == (0, 1)
    assert rows[0]["place"] == 0 < rows[1]["place"]
    assert rows[0]["prior"] == pytest.approx(0.4)
