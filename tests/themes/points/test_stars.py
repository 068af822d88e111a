"""Tight groups: no chain of neighbours, no dependence on order."""

from lif_nlp.themes.points.stars import find_stars, links_of

REPORTS = ["a", "b", "c", "d", "e"]


def groups(pairs, reports=REPORTS):
    links = links_of([p[0] for p in pairs], [p[1] for p in pairs], [0.9] * len(pairs))
    return [set(star.members) for star in find_stars(links, reports, range(len(reports)))]


def test_findings_that_are_all_alike_form_one_group():
    assert groups([(0, 1), (0, 2), (1, 2)]) == [{0, 1, 2}]


def test_a_chain_is_cut():
    assert groups([(0, 1), (1, 2), (2, 3), (3, 4)]) == [{0, 1}, {2, 3}]


def test_the_order_of_pairs_changes_nothing():
    pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]
    assert groups(pairs) == groups(pairs[::-1])


def test_one_report_forms_no_group():
    assert groups([(0, 1)], ["a", "a"]) == []
