"""The words that a point begins with: near to its name, and no other point's."""

import numpy as np
import pytest

from lif_nlp.records import Finding
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.points.assemble import Draft, assemble
from lif_nlp.themes.points.groups import KnownPoints, Statement

LATE = "lp-return_home_interviews_late"
TEXTS = (
    "Return home interviews were held too late for most children.",
    "Many interviews with children who came home were held weeks afterwards.",
    "What children told the interviewers was not passed on by anyone.",
)


@pytest.fixture(scope="module")
def corpus():
    """Three findings of three reports; the last is least like the others."""
    findings = [
        Finding(f"d{n}:0", f"d{n}", 0, len(text), text, 1, role="problem") for n, text in
        enumerate(TEXTS)
    ]  # fmt: skip
    vectors = np.array([[1, 0.1], [1, 0.2], [0.2, 1]], np.float32)
    return sort_corpus(findings, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def first_words(corpus, framework, points, name_vectors=()):
    known = KnownPoints(framework)
    statements = [
        Statement(point, row, 0.9, "frame") for point, rows in points.items() for row in rows
    ]
    draft = Draft(corpus, known, statements, {}, name_vectors=dict(name_vectors))
    text = {finding.finding_id: finding.text for finding in corpus.findings}
    built = {point.point_id: point for point in assemble(draft, encoder="none").points}
    return [text[built[point].quote] for point in points]


def test_words_near_to_the_name_go_before_typical_ones(corpus, framework):
    points = {LATE: (0, 1, 2)}
    assert first_words(corpus, framework, points) != [TEXTS[2]]
    name = {LATE: np.array([0, 1], np.float32)}
    assert first_words(corpus, framework, points, name) == [TEXTS[2]]


def test_two_points_of_the_same_findings_begin_with_different_words(corpus, framework):
    other = next(f"lp-{p.id}" for p in framework.points if p.role == "problem" and p.id > "s")
    first, second = first_words(corpus, framework, {LATE: (0, 1, 2), other: (0, 1, 2)})
    assert first != second
