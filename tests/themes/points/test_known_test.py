"""The test of known points: what it reads, what rules a point out, and what it says."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.annotate import Annotator
from lif_nlp.embed.load import load_encoder
from lif_nlp.frame_record import Frame
from lif_nlp.framework import load_framework
from lif_nlp.framework.model import SeedPoint
from lif_nlp.ids import point_id
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.build import unlike_known
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.known_statements import (
    SMALL_COLLECTION,
    SPARSE_DISCOUNT,
    SPARSE_REPORTS,
    known_answers,
    learnt_points,
    left_to_frames,
    likely_reports,
    said_by_known,
    sure_answers,
)
from lif_nlp.themes.points.known_test import known_test_for
from lif_nlp.themes.points.pair_test import pair_test_for
from lif_nlp.themes.points.stars import Star

LATE = "Return home interviews are often held too late to be of use."
PROMPT = "Return home interviews are prompt and are used to plan."


@pytest.fixture(scope="module")
def encode():
    return load_encoder("static").encode


@pytest.fixture(scope="module")
def known(framework):
    return KnownPoints(framework)


@pytest.fixture(scope="module")
def corpus(framework, encode):
    made = Annotator(framework, encode=encode).label([LATE, PROMPT])
    findings = tuple(replace(f, finding_id=f"f{i}") for i, f in enumerate(made))
    return Corpus(findings, encode([f.text for f in findings]))


def seeds_of(statements, known, row):
    return {known.seeds[s.point_id].id for s in statements if s.row == row}


def stated_by(corpus, known, encode):
    """What the test is sure that the findings state."""
    return sure_answers(known_answers(corpus, known, encode), corpus, encode, len(corpus))


def test_each_side_states_a_point_of_its_own(corpus, known, encode):
    sure = stated_by(corpus, known, encode)
    late, prompt = (seeds_of(sure, known, row) for row in (0, 1))
    assert {known.seeds[point_id("seed", id)].role for id in late} == {"problem"}
    assert {known.seeds[point_id("seed", id)].role for id in prompt} == {"strength"}


def test_the_order_and_number_of_findings_change_nothing(corpus, known, encode):
    both = stated_by(corpus, known, encode)
    alone = stated_by(corpus.take([1]), known, encode)
    assert [(s.point_id, s.confidence) for s in both if s.row == 1] == [
        (s.point_id, s.confidence) for s in alone
    ]


def test_a_point_of_another_role_is_ruled_out(corpus, encode, known):
    test = known_test_for(encode)
    finding = replace(corpus.findings[0], role="action", scores={"role:action": 1.0})
    assert set(np.array(test.roles)[test.allowed([finding])[0]]) == {"action"}


def test_an_unknown_encoder_leaves_all_to_the_frames(corpus, known):
    hashed = load_encoder("hashed").encode
    assert known_test_for(hashed) is None
    framed = stated_points(corpus.findings, known)
    answers = known_answers(corpus, known, hashed)
    assert framed and not answers and left_to_frames(framed, known, hashed) == framed


def test_of_points_that_the_test_learnt_frames_alone_say_nothing(corpus, known, encode):
    framed = stated_points(corpus.findings, known)
    assert framed and left_to_frames(framed, known, encode) == []


def test_what_readers_refused_of_a_point_makes_its_answers_less_believed(encode):
    test = known_test_for(encode)
    refused, found = test.points[:2]
    test = replace(test, trust={refused: (0.0, 1.0, 0.2), found: (2.5, 1.0, 0.2)})
    low, high, as_it_is = test.believed(np.full(3, 0.9), [0, 1, 2])
    assert low < 0.6 < as_it_is < high
    assert as_it_is == pytest.approx(0.9)


def test_a_report_is_likely_as_far_as_its_surest_finding_is(corpus, known):
    id = point_id("seed", "return_home_interviews_late")
    answers = [
        Statement(id, row, sure, "learnt") for row, sure in ((0, 0.5), (0, 0.2), (1, 0.9), (1, 0.1))
    ]
    apart = [replace(f, doc_id=f"r{i}") for i, f in enumerate(corpus.findings)]
    for findings, likely in ((corpus.findings, 0.9), (apart, 1.4)):
        assert likely_reports(answers, Corpus(tuple(findings), corpus.vectors)) == {id: likely}


def test_a_point_of_few_reports_takes_in_what_is_less_sure_in_a_small_collection(
    corpus, known, encode
):
    test = known_test_for(encode)
    id = point_id("seed", test.points[0])
    unsure = [Statement(id, 0, test.least - SPARSE_DISCOUNT / 2, "learnt")]
    few, many = {id: SPARSE_REPORTS - 1}, {id: SPARSE_REPORTS}
    assert sure_answers(unsure, corpus, encode, SMALL_COLLECTION - 1, few) == unsure
    assert sure_answers(unsure, corpus, encode, SMALL_COLLECTION - 1, many) == []
    assert sure_answers(unsure, corpus, encode, SMALL_COLLECTION, few) == []


def test_a_group_says_the_known_point_that_most_of_it_says():
    answers = {0: {"a": 0.6}, 1: {"a": 0.5, "b": 0.7}, 2: {"a": 0.4}}
    assert said_by_known([0, 1, 2], answers) == "a"
    assert said_by_known([0, 1, 2, 3, 4, 5], answers) == ""
    assert said_by_known([3], answers) == ""


def test_what_a_known_point_of_its_side_says_is_no_point_beside_it(
    corpus, known, encode, framework
):
    table = pair_test_for(encode).table(corpus.findings, corpus.vectors, framework, encode)
    assert [finding.role for finding in corpus.findings] == ["problem", "strength"]
    home = next(id for id, seed in known.seeds.items() if seed.role == "problem")
    framed = [Statement("frame-1", row, 0.9, "frame") for row in (0, 1)]
    stars = [Star(row, {row: 1.0}) for row in (0, 1)]
    said = [Statement(home, row, 0.5, "learnt") for row in (0, 1)]
    assert unlike_known(framed, stars, said, table, known) == (framed[1:], stars[1:])
    assert unlike_known(framed, stars, said[:1], table, known) == (framed, stars[1:])


def test_a_point_that_was_renamed_or_added_is_left_to_the_frames(corpus, encode, framework):
    test = known_test_for(encode)
    own = SeedPoint("ours", "problem", "Interviews are held at night", phrases=("too late",))
    renamed = replace(framework.points[0], name="Something else")
    known = KnownPoints(replace(framework, points=(renamed, *framework.points[1:], own)))
    assert not {point_id("seed", "ours"), point_id("seed", renamed.id)} & learnt_points(
        known, encode
    )
    assert test.covers(point_id("seed", framework.points[1].id), known)


def test_what_states_a_part_states_the_whole(framework, known):
    part = next(seed for seed in framework.points if seed.part_of and seed.aspect)
    frame = Frame(part.role, part.aspect[0], part.defect[0], confidence=0.9)
    stated = {id for id, _, _ in known.stated_by(frame)}
    assert point_id("seed", part.part_of) in stated
    assert point_id("seed", part.id) not in {*stated, *known.seeds}


def test_the_shipped_test_knows_the_points_of_the_framework(encode):
    test, known = known_test_for(encode), KnownPoints(load_framework())
    assert all(test.covers(id, known) for id in known.seeds)
