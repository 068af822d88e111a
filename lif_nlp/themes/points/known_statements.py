"""Which known points findings state: what the test of known points is sure of, and what else speaks
for a point.

The bar lies lower for a point that few reports state.  What a frame says is one of the figures that
the test reads, and lowers no bar: where the test was 0.74 to 0.86 sure, strict readers found as
many true with a frame that passes the test of membership as without (0.79 and 0.81 of 1,218 in
November 2026).  Likeness to members is no reason at all: of what joined a known point by it alone
strict readers found 63 in 100 true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.special import softmax

from lif_nlp.protocols import Encode
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.known_test import known_test_for
from lif_nlp.themes.points.pair_points import StatedPoints
from lif_nlp.themes.points.pair_test import pair_test_for
from lif_nlp.themes.points.statements import Weights

SMALL_COLLECTION = 100
"""Reports of a collection under which points that few of them state take in what is less sure as
well: there each report says a thing in its own way, and most points are rare.  In a large one they
need no such help, and of 16 memberships that it gave a strict reader found seven true."""

SPARSE_REPORTS = 6
"""Reports that state a known point for certain, under which few do."""

SPARSE_DISCOUNT = 0.12
"""How far the bar of such a point lies lower.  Strict readers found about 0.80 of what lies between
true, and 0.93 of what is certain; at 0 the sample corpus shows three points (November 2026)."""

HOME = 0.3
"""Mean probability from which a group found by the pair test says what a known point says, and is
no point beside it.  Below the bar for one finding, since several agree; set by judgement after a
reader saw that such groups stood beside known points ("Staff report feeling valued")."""


def known_answers(corpus: Corpus, known: KnownPoints, encode: Encode | None) -> list[Statement]:
    """The known points that findings may state, however sure; none without a test."""
    test = known_test_for(encode)
    if test is None or encode is None:
        return []
    return test.statements(corpus, known, pair_test_for(encode).members, encode)


def points_stated(corpus: Corpus, known: KnownPoints, encode: Encode | None) -> StatedPoints | None:
    """What the test of known points says of findings; None without a test for this encoder.

    For few findings: every point has a column.
    """
    test = known_test_for(encode)
    if test is None or encode is None:
        return None
    inputs = test.inputs(corpus.findings, corpus.vectors, known)
    logits, _ = test.logits(inputs, test.allowed(corpus.findings))
    sure = np.zeros((len(corpus), len(test.points)), np.float32)
    members = pair_test_for(encode).members
    answers = list(test.answers(corpus, known, members, encode))
    for answer, p in zip(answers, test.probability([a.figures for a in answers]), strict=True):
        sure[answer.row, answer.place] = p
    spread: Weights = np.asarray(softmax(logits, axis=1)[:, :-1], np.float32)
    return StatedPoints(spread, sure)


def left_to_frames(
    statements: Sequence[Statement], known: KnownPoints, encode: Encode | None
) -> list[Statement]:
    """What frames state and the test of known points says nothing of: points that it never learnt,
    or all points without a test for this encoder."""
    learnt_ids = learnt_points(known, encode)
    return [s for s in statements if s.point_id not in learnt_ids]


def learnt_points(known: KnownPoints, encode: Encode | None) -> frozenset[str]:
    """Ids of the known points that the test was taught; none without a test for this encoder."""
    test = known_test_for(encode)
    return frozenset(id for id in known.seeds if test is not None and test.covers(id, known))


def sure_answers(
    answers: Sequence[Statement],
    corpus: Corpus,
    encode: Encode | None,
    collection: int,
    reports: Mapping[str, int] | None = None,
) -> list[Statement]:
    """The known points that findings state: where the test is sure, and in a small collection, for
    a point that few reports state, where it is a little less so.

    Parameters
    ----------
    answers
        Those of `known_answers`.
    corpus
        The findings that statements name by row.
    collection
        Reports of the collection, with or without findings.
    reports
        How many other reports state each point, by id.
    """
    test = known_test_for(encode)
    if test is None:
        return []
    discount = SPARSE_DISCOUNT if collection < SMALL_COLLECTION else 0.0
    stating: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        if answer.confidence >= test.least:
            stating[answer.point_id].add(corpus.findings[answer.row].doc_id)
    counts = {
        id: len(stating[id]) + (reports or {}).get(id, 0) for id in {s.point_id for s in answers}
    }
    return [
        s
        for s in answers
        if s.confidence >= test.least - discount * (counts[s.point_id] < SPARSE_REPORTS)
    ]


def likely_reports(answers: Sequence[Statement], corpus: Corpus) -> dict[str, float]:
    """How many reports are to be expected to state each known point, by id.

    A report counts as much as its surest finding is believed to be true.  Of 51 points of which
    readers had read nearly all reports that may state them, the sums came to 0.93 of their counts,
    and to within a quarter in 44; trust in each was fitted without its own answers (December 2026).

    Parameters
    ----------
    answers
        Those of `known_answers`.
    corpus
        The findings that answers name by row.
    """
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for answer in answers:
        reports, report = best[answer.point_id], corpus.findings[answer.row].doc_id
        reports[report] = max(answer.confidence, reports.get(report, 0.0))
    # Rounded, so that the order of the sum decides nothing.
    return {id: round(sum(reports.values()), 3) for id, reports in best.items()}


def said_by_known(rows: Collection[int], answers: Mapping[int, Mapping[str, float]]) -> str:
    """Id of the known point that a group of findings says on average; "" if none is sure enough.

    Parameters
    ----------
    rows
        Those of the group.
    answers
        For each row how surely it states which known points.
    """
    sums: dict[str, float] = defaultdict(float)
    for row in sorted(rows):
        for id, sure in answers.get(row, {}).items():
            sums[id] += sure
    best = min(sums, key=lambda id: (-sums[id], id), default="")
    return best if best and round(sums[best] / len(rows), 4) >= HOME else ""
