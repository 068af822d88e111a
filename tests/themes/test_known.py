"""A finding about practice counts towards its codes, a fact of the case only where that is sure.

Beside a surer code, a weak one does not count.
"""

import numpy as np
import pytest

from lif_nlp.framework import load_framework
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.known import counted_codes, known_themes


@pytest.mark.parametrize(
    ("role", "score", "counted"),
    [
        ("problem", 0.5, True),
        ("strength", 0.51, True),
        ("context", 0.74, False),
        ("context", 0.75, True),
    ],
)
def test_a_fact_of_the_case_counts_only_where_the_code_is_sure(role, score, counted):
    finding = Finding(
        "d:0-9", "d", 0, 9, "The note was not passed to the ward in time.", 1,
        role=role, themes=("recording",), scores={"theme:recording": score},
    )  # fmt: skip
    corpus = sort_corpus([finding], np.ones((1, 2), dtype=np.float32))
    themes, assignments = known_themes(corpus, load_framework())
    assert [theme.theme_id for theme in themes] == ["recording"] * counted
    assert [a.confidence for a in assignments] == [score] * counted


@pytest.mark.parametrize(
    ("scores", "codes"),
    [
        ({"recording": 0.9, "early_help": 0.59}, ("recording",)),
        ({"recording": 0.9, "early_help": 0.6}, ("recording", "early_help")),
        ({"recording": 0.55, "early_help": 0.52}, ("recording",)),
        ({"recording": 0.5}, ("recording",)),
    ],
)
def test_a_weak_code_does_not_count_beside_a_surer_one(scores, codes):
    finding = Finding(
        "d:0-9", "d", 0, 9, "The note was not passed on.", 1,
        role="problem", themes=tuple(scores), scores={f"theme:{c}": s for c, s in scores.items()},
    )  # fmt: skip
    assert counted_codes(finding) == codes
