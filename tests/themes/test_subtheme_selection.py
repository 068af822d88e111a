from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.themes.subthemes.selection import PhraseCounts, belonging, select_groups, stability
from lif_nlp.themes.thresholds import SUBTHEMES

SMALL = replace(
    SUBTHEMES, min_reports=3, min_findings=4, min_report_share=0.1, findings_per_root=0.1
)


def counts_of(
    columns: list[set[int]],
    *,
    findings: int = 40,
    elsewhere: tuple[int, ...] = (),
    words: tuple[int, ...] = (),
    variant: tuple[int, ...] = (),
) -> PhraseCounts:
    """Findings in ten reports in turn; `columns` holds the findings of each phrase.

    The corpus has as many findings again outside the theme; `elsewhere` says how many of
    those contain each phrase.
    """
    n = len(columns)
    contains = np.array([[row in column for column in columns] for row in range(findings)])
    report = np.sort(np.arange(findings) % 10)
    corpus_counts = np.array([contains[report == r].sum(axis=0) for r in range(10)])
    corpus_counts[0] += np.array(elsewhere or (0,) * n)
    return PhraseCounts(
        contains=contains,
        report=report,
        corpus_counts=corpus_counts,
        corpus_sizes=np.full(10, 2 * findings // 10),
        report_ids=tuple(f"report {r}" for r in range(10)),
        words=np.array(words or (2,) * n),
        variant=np.array(variant or range(n)),
    )


def test_phrases_of_many_reports_lead_groups():
    groups = select_groups(counts_of([set(range(0, 40, 4)), set(range(1, 40, 6)), {2, 3}]), SMALL)
    assert [group.phrases for group in groups] == [(0,), (1,)]


def test_a_phrase_of_one_report_leads_nothing():
    assert select_groups(counts_of([{0, 1, 2, 3}]), SMALL) == []


def test_a_phrase_that_is_as_frequent_elsewhere_leads_nothing():
    assert select_groups(counts_of([set(range(0, 40, 4))], elsewhere=(10,)), SMALL) == []


def test_a_single_word_must_belong_more():
    columns = [set(range(0, 40, 4))]
    assert select_groups(counts_of(columns, elsewhere=(5,), words=(1,)), SMALL) == []
    assert len(select_groups(counts_of(columns, elsewhere=(5,), words=(2,)), SMALL)) == 1


def test_phrases_of_the_same_findings_are_one_group():
    (one,) = select_groups(counts_of([set(range(0, 40, 4)), set(range(0, 36, 4))]), SMALL)
    assert one.phrases == (0, 1)


def test_variants_are_one_group_wherever_they_occur():
    (one,) = select_groups(
        counts_of([set(range(0, 40, 4)), set(range(1, 40, 4))], variant=(7, 7)), SMALL
    )
    assert one.phrases == (0, 1)
    assert one.rows.sum() == 20


def test_a_group_of_every_report_is_stable_and_a_bare_one_is_not():
    all_over = counts_of([set(range(0, 40, 4)), {0, 5, 13}])
    smaller = replace(SMALL, min_findings=3)
    groups = select_groups(all_over, smaller)
    often, bare = stability(all_over, groups, smaller)
    assert often == 1.0
    assert bare < 0.9


@pytest.mark.parametrize(
    ("in_theme", "in_corpus", "value"), [(5, 5, 1.0), (2, 10, 0.0), (3, 5, 0.5)]
)
def test_belonging_is_the_share_beyond_the_themes_own(in_theme, in_corpus, value):
    assert belonging(np.array([in_theme]), np.array([in_corpus]), 0.2).tolist() == [
        pytest.approx(value)
    ]
