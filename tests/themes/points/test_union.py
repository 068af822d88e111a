"""Groups that say the same become one, in any order; known points take in and never each other."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.records import Finding
from lif_nlp.themes.points.candidates import Pairs
from lif_nlp.themes.points.pair_test import pair_test_for
from lif_nlp.themes.points.union import Groups

SAME = (
    "Return home interviews were often held too late to be of use.",
    "Return home interviews were held too late to be of use to anybody.",
    "Too often return home interviews were held too late to be of use.",
    "Return home interviews were very often held too late to be of any use.",
    "Most return home interviews were held too late to be of use.",
)
OTHER = (
    "Foster carers had no training in how to keep young children safe online.",
    "Foster carers had little training in how to keep young children safe online.",
)


@pytest.fixture(scope="module")
def table(finder, framework, vectors_of):
    findings = [
        Finding(f"d{n}:0", f"d{n}", 0, len(text), text, 1, role="problem",
                scores={"role:problem": 0.95}, frames=finder.find(text, "problem"))
        for n, text in enumerate((*SAME, *OTHER))
    ]  # fmt: skip
    return pair_test_for(None).table(findings, vectors_of(findings), framework, None)


@pytest.fixture(scope="module")
def links(table):
    left, right = np.triu_indices(len(table), 1)
    return Pairs(left, right)


def united(table, links, members, known=0):
    groups = Groups(
        [dict.fromkeys(rows, 0.9) for rows in members], known, ["problem"] * len(members),
        table, replace(pair_test_for(None)),
    )  # fmt: skip
    groups.unite(links)
    return groups


def test_two_groups_of_one_claim_become_one_and_another_claim_stays_apart(table, links):
    groups = united(table, links, [(0, 1), (2, 3), (5, 6)])
    assert [set(rows) for rows in groups.members] == [{0, 1, 2, 3}, set(), {5, 6}]


def test_members_are_as_sure_as_both_groups_are_the_same(table, links):
    [first, *_] = united(table, links, [(0, 1), (2, 3)]).members
    assert first[0] == 0.9 and 0.5 < first[2] < 0.9


def test_the_order_of_links_changes_nothing(table, links):
    turned = Pairs(links.left[::-1], links.right[::-1])
    parts = [(0, 1), (2, 3), (4,), (5, 6)]
    assert united(table, links, parts).members == united(table, turned, parts).members


def test_known_points_never_become_one(table, links):
    groups = united(table, links, [(0, 1, 2), (1, 2, 3)], known=2)
    assert [set(rows) for rows in groups.members] == [{0, 1, 2}, {1, 2, 3}]


def test_a_known_point_of_two_findings_takes_nothing_in(table, links):
    assert set(united(table, links, [(0, 1), (2, 3)], known=1).members[0]) == {0, 1}
    assert set(united(table, links, [(0, 1, 4), (2, 3)], known=1).members[0]) == {0, 1, 2, 3, 4}


def test_what_is_left_over_joins_the_group_that_it_matches(table, links):
    groups = united(table, links, [(0, 1, 2, 3), (5, 6)])
    [(row, (group, score))] = groups.place([4], links).items()
    assert (row, group) == (4, 0) and score > 0.7
