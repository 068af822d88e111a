"""Which findings state the point that their frame puts them into: text and likeness together.

By its own text a finding is a sure member or a doubtful one (`membership`).  A doubtful one that
the pair test finds to be like the sure ones is a member as well, and one that looks sure and is
unlike all others is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.protocols import Encode
from lif_nlp.themes.corpus import Corpus, draw_rows
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.membership import SUPPORT_FIGURES, member_figures
from lif_nlp.themes.points.pair_test import PairTest
from lif_nlp.themes.points.statements import StatementTable, Weights
from lif_nlp.themes.points.thresholds import AGREEMENT

Examples = Mapping[str, Sequence[int]]
"""Rows of sure members of each point, by its id."""


def true_members(
    statements: Sequence[Statement],
    table: StatementTable,
    known: KnownPoints,
    test: PairTest,
    encode: Encode | None,
    stored: Examples | None = None,
) -> list[Statement]:
    """The statements that pass the test of membership, with its probability as their confidence.

    What a phrase of a known point states passes untested: of 67 such memberships that a reader saw
    64 were true (November 2026).

    Parameters
    ----------
    statements
        What frames and phrases say, see `groups.stated_points`.
    table
        The findings that statements name by row.
    encode
        The encoder of the table's vectors, for the names of points.
    stored
        Rows of members of earlier builds, by point; sure ones among the statements otherwise.
    """
    asked = [statement for statement in statements if statement.why == "frame"]
    members = test.members
    if not asked or not members.weights:
        return list(statements)
    figures = member_figures(asked, Corpus(table.findings, table.vectors), known, members, encode)
    alone = members.probabilities(figures)
    by_phrase = [statement for statement in statements if statement.why != "frame"]
    sure = [s for s, p in zip(asked, alone, strict=True) if p >= members.least]
    examples = draw_examples([*by_phrase, *sure], table) if stored is None else stored
    support, is_supported = support_figures(asked, table, test, examples)
    # A test that was trained on texts alone decides by them.
    is_supported &= bool(members.agreed_weights)
    together = members.agreed_probabilities(figures, support)
    probabilities = np.where(is_supported, together, alone)
    agreed_least = members.agreed_least + AGREEMENT.margin * (1.0 - members.agreed_least)
    least = np.where(is_supported, agreed_least, members.least)
    return [
        *by_phrase,
        *(
            replace(statement, confidence=float(probability))
            for statement, probability, bar in zip(asked, probabilities, least, strict=True)
            if probability >= bar
        ),
    ]


def draw_examples(statements: Sequence[Statement], table: StatementTable) -> Examples:
    """A few of the rows that state each point, drawn by the hash of their ids."""
    rows: dict[str, set[int]] = defaultdict(set)
    for statement in statements:
        rows[statement.point_id].add(statement.row)
    return {
        point: draw_rows(table.findings, own, AGREEMENT.examples)
        for point, own in sorted(rows.items())
    }


def support_figures(
    statements: Sequence[Statement], table: StatementTable, test: PairTest, examples: Examples
) -> tuple[Weights, np.ndarray]:
    """How well each statement's finding matches examples of its point from other reports.

    Returns
    -------
    figures
        `SUPPORT_FIGURES`, shape (m, 2): mean score of the pairs (0..1), and of the best few.
    is_supported
        Whether there were enough examples, shape (m,).
    """
    figures = np.zeros((len(statements), len(SUPPORT_FIGURES)), np.float32)
    is_supported = np.zeros(len(statements), bool)
    places, lefts, rights = [], [], []
    for place, statement in enumerate(statements):
        report = table.findings[statement.row].doc_id
        others = [
            row for row in examples.get(statement.point_id, ())
            if table.findings[row].doc_id != report
        ]  # fmt: skip
        is_supported[place] = len(others) >= AGREEMENT.least_examples
        places += [place] * len(others)
        lefts += [statement.row] * len(others)
        rights += others
    scores = test.scores(table, np.array(lefts, np.intp), np.array(rights, np.intp))
    for place, own in _by_place(places, scores):
        figures[place] = own.mean(), np.sort(own)[-AGREEMENT.best :].mean()
    return figures, is_supported


def _by_place(places: Sequence[int], scores: Weights) -> list[tuple[int, Weights]]:
    """The scores of each statement; places ascend."""
    begins = np.flatnonzero(np.diff(np.array(places, np.intp), prepend=-1)).tolist()
    parts = np.split(scores, begins[1:]) if begins else []
    return [(places[begin], own) for begin, own in zip(begins, parts, strict=True)]
