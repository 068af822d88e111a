"""The intervals against values printed in their papers, or worked out by hand."""

import pytest

from lif_nlp.stats import mantel_haenszel_interval, newcombe_interval, wilson_interval


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 61, 0.036, 0.178)],
)
def test_wilson_matches_published_values(hits, total, low, high):
    assert wilson_interval(hits, total) == pytest.approx((low, high), abs=6e-4)


def test_newcombe_matches_a_published_value():
    # Newcombe 1998, method 10: 56/70 less 48/80.
    assert newcombe_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)


@pytest.mark.parametrize("counts", [(1, 2, 0, 0), (0, 0, 1, 2)])
def test_an_empty_set_says_nothing_about_a_change(counts):
    assert newcombe_interval(*counts) == (-1.0, 1.0)
    assert mantel_haenszel_interval([counts]) == (-1.0, 1.0)


def test_mantel_haenszel_weights_each_type_by_its_reports():
    # By hand: shares 10/12 and 3/12 (weight 5), 6/7 and 6/7 (weight 2.5).
    # Pooled difference 5 x 7/12 / 7.5; standard error 0.1264.
    low, high = mantel_haenszel_interval([(9, 10, 2, 10), (5, 5, 5, 5)])
    assert (low + high) / 2 == pytest.approx(35 / 90)
    assert (high - low) / 2 == pytest.approx(1.96 * 0.1264, abs=1e-3)


def test_a_change_of_the_mix_of_types_alone_is_no_change_within_types():
    # One type always says it and grows, the other never does and shrinks.
    low, high = mantel_haenszel_interval([(9, 9, 1, 1), (0, 1, 0, 9)])
    assert low < 0 < high
    assert newcombe_interval(9, 10, 1, 10)[0] > 0
