import numpy as np
import pandas as pd
import pytest

from lif_nlp.circulation.small_groups import count_range, hide_small_counts, hold_back_rare

LEAST = 5
"""Smallest count shown, as in the framework of North East Lincolnshire."""


@pytest.mark.parametrize("seed", range(12))
def test_an_attacker_with_all_sums_finds_no_small_count(seed):
    chance = np.random.default_rng(seed)
    means = chance.choice([3, 9, 20], (5, 4), p=[0.2, 0.4, 0.4])
    counts = pd.DataFrame(chance.poisson(means))
    shown = hide_small_counts(counts, LEAST)
    hidden, values = shown.isna().to_numpy(), counts.to_numpy()
    small = (values > 0) & (values < LEAST)
    assert small.any() and not hidden.all()
    assert hidden[small].all()
    assert (shown.fillna(-1).to_numpy()[~hidden] == values[~hidden]).all()
    for cell in map(tuple, np.argwhere(small)):
        low, high = count_range(values, hidden, cell)
        assert high >= LEAST and high - low >= 1


def test_without_further_counts_hidden_subtraction_would_find_one():
    values = np.array([[2, 9], [7, 8]])
    only_small = values < LEAST
    assert count_range(values, only_small, (0, 0)) == (2.0, 2.0)


def test_large_counts_and_noughts_are_shown():
    counts = pd.DataFrame([[0, 12], [8, 0]])
    assert hide_small_counts(counts, LEAST).equals(counts.astype("Int64"))


def test_the_rarest_part_of_a_combination_is_held_back():
    common = [("Saltby", "2024", "under 1", "neglect")] * 4
    rows = pd.DataFrame(
        [*common, ("Saltby", "2024", "under 1", "fabricated illness")],
        columns=["area", "year", "age_band", "harm"],
    )
    left = hold_back_rare(rows, list(rows.columns), 4)
    assert left.iloc[4].tolist() == ["Saltby", "2024", "under 1", ""]
    assert left.iloc[0].tolist() == list(common[0])


def test_whatever_is_left_is_shared_by_enough():
    chance = np.random.default_rng(3)
    parts = ["area", "year", "age_band", "harm"]
    rows = pd.DataFrame({part: chance.choice(list("aabbbc"), 60) for part in parts})
    left = hold_back_rare(rows, parts, 3)
    for _, row in left.iterrows():
        shown = {part: row[part] for part in parts if row[part]}
        same = pd.concat([rows[part].eq(value) for part, value in shown.items()], axis=1)
        assert same.all(axis=1).sum() >= 3
