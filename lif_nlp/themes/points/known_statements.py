"""Which known points findings state: what the test of known points is sure of, and what else speaks
for a point.

A frame that passes the test of membership lowers the bar, and so does a point that few reports
state; likeness to members is no reason by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from lif_nlp.protocols import Encode
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.known_test import known_test_for
from lif_nlp.themes.points.pair_test import pair_test_for

SPARSE_REPORTS = 6
"""Reports that state a known point for certain, under which it takes in what is less sure as well:
most points are rare, and in a small collection each report says a thing in its own way."""

SPARSE_DISCOUNT = 0.12
"""How far the bars of such a point lie lower.  Strict readers found about 0.81 of what lies between
true, and 0.91 of what is certain; at 0 the sample corpus shows one point (November 2026)."""

HOME = 0.3
"""Mean probability from which a group found by the pair test says what a known point says, and
joins it.  Below the bar for one finding, since several agree; set by judgement after a reader saw
that such groups stood beside known points ("Staff report feeling valued")."""


def known_answers(corpus: Corpus, known: KnownPoints, encode: Encode | None) -> list[Statement]:
    """The known points that findings may state, however sure; none without a test."""
    test = known_test_for(encode)
    if test is None or encode is None:
        return []
    return test.statements(corpus, known, pair_test_for(encode).members, encode)


def with_learnt(
    accepted: Sequence[Statement],
    answers: Sequence[Statement],
    corpus: Corpus,
    known: KnownPoints,
    encode: Encode | None,
    reports: Mapping[str, int] | None = None,
) -> list[Statement]:
    """What findings state by this test and by their frames.

    A known point counts where the test is sure, or where it is less sure and a frame or phrase that
    names the point passes the test of membership; the bars of a point that few reports state lie
    lower.  Without a test for this encoder, and for points that it never learnt, what frames say is
    kept as it is.

    Parameters
    ----------
    accepted
        What frames and phrases state, as the test of membership lets it pass.
    answers
        Those of `known_answers`.
    corpus
        The findings that statements name by row.
    reports
        How many other reports state each point, by id.
    """
    test = known_test_for(encode)
    if test is None:
        return list(accepted)
    framed = {(s.row, s.point_id) for s in accepted}
    above: dict[Statement, float] = {}
    stating: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        is_framed = (answer.row, answer.point_id) in framed
        bar = min(test.least, test.least_agreed) if is_framed else test.least
        above[answer] = answer.confidence - bar
        if above[answer] >= 0.0:
            stating[answer.point_id].add(corpus.findings[answer.row].doc_id)
    counts = {
        id: len(stating[id]) + (reports or {}).get(id, 0) for id in {s.point_id for s in answers}
    }
    return [
        *(s for s in accepted if not test.covers(s.point_id, known)),
        *(
            s
            for s, margin in above.items()
            if margin >= (-SPARSE_DISCOUNT if counts[s.point_id] < SPARSE_REPORTS else 0.0)
        ),
    ]


def sure_joins(
    statements: Sequence[Statement],
    answers: Sequence[Statement],
    known: KnownPoints,
    encode: Encode | None,
) -> list[Statement]:
    """The statements without those that join a known point by likeness alone: strict readers found
    63 in 100 of these true, so this test must not think them unlikely.

    Parameters
    ----------
    answers
        Those of `known_answers`.
    """
    test = known_test_for(encode)
    if test is None:
        return list(statements)
    sure = {(s.row, s.point_id): s.confidence for s in answers}
    result = []
    for statement in statements:
        if statement.why != "pair" or not test.covers(statement.point_id, known):
            result.append(statement)
        elif (confidence := sure.get((statement.row, statement.point_id), 0.0)) >= (
            test.least_joined
        ):
            result.append(replace(statement, confidence=confidence))
    return result


def known_home(
    rows: Collection[int], answers: Mapping[int, Mapping[str, float]]
) -> tuple[str, float]:
    """The known point that a group of findings says on average, with how sure that is; ("", 0) if
    none is sure enough.

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
    mean = round(sums[best] / len(rows), 4) if best else 0.0
    return (best, mean) if mean >= HOME else ("", 0.0)
