"""What makes a finding a member of a known point: the claim, not the words alone."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.records import Finding
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.points.groups import KnownPoints, stated_points
from lif_nlp.themes.points.membership import (
    MEMBER_FIGURES,
    MemberTest,
    member_figures,
    true_members,
)
from lif_nlp.themes.points.pair_test import pair_test_for

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


def test_a_finding_under_the_threshold_is_no_member(stated, known):
    statements, corpus = stated
    test = MemberTest(weights={"contrast": -2.0}, bias=1.0, least=0.5)
    kept = true_members(statements, corpus, known, test, None)
    assert {s.row for s in kept} == {0}
    assert kept[0].confidence == pytest.approx(0.731, abs=1e-3)


def test_without_weights_all_are_members(stated, known):
    assert true_members(*stated, known, MemberTest(), None) == stated[0]


def test_the_shipped_test_prefers_the_whole_claim(stated, known):
    statements, corpus = stated
    test = replace(pair_test_for(None).members, least=0.0)
    sure = {s.row: s.confidence for s in true_members(statements, corpus, known, test, None)}
    assert sure[1] < sure[0]


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
