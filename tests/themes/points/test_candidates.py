"""The pairs that share a defect and a rare word, against the plain way to find them."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from lif_nlp.themes.points.candidates import pairs_of_rare_words
from lif_nlp.themes.points.thresholds import CANDIDATES


@pytest.mark.parametrize("some_are_new", [False, True])
def test_rows_with_a_defect_and_a_rare_word_in_common_are_pairs(some_are_new):
    draw = np.random.RandomState(1)
    defects = csr_matrix((draw.rand(200, 6) < 0.3).astype(np.float32))
    words = csr_matrix((draw.rand(200, 60) < 0.4).astype(np.float32))
    rows, reports = np.arange(0, 200, 2), draw.randint(0, 20, 200)
    new = np.arange(200) < 40 if some_are_new else None
    having = defaultdict(list)
    for row in rows:
        for word in words[row].indices:
            for defect in defects[row].indices:
                having[int(defect), int(word)].append(int(row))
    assert max(map(len, having.values())) > CANDIDATES.rare_noun
    expected = {
        (a, b)
        for group in having.values()
        if len(group) <= CANDIDATES.rare_noun
        for a, b in combinations(group, 2)
        if reports[a] != reports[b] and (new is None or new[a] or new[b])
    }
    found = pairs_of_rare_words(defects, words, rows, reports, new)
    pairs = {(min(p), max(p)) for left, right in found for p in zip(left, right, strict=True)}
    assert pairs == expected
