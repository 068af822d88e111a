"""Findings in a form in which many pairs are compared at once.

A `StatementTable` holds one row per finding: its vector, its content words weighted by how
rare they are, and the aspects, defects and keys of its frames.  Everything about a pair
follows from its two rows and constants shipped with the pair test, so that it does not
depend on which other findings there are.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags

from lif_nlp.frame_record import POINT_ROLES, Frame
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.points.point_space import PointSpace
from lif_nlp.themes.points.words import content_words

Weights = npt.NDArray[np.float32]
"""Numbers, one or more for each row."""

_ACTORS = ("agency", "family", "child")


@dataclass(frozen=True)
class StatementTable:
    """Findings in ascending order of id, one row each in every array.

    Parameters
    ----------
    vectors
        Unit length, shape (n, d).
    aspect_vectors
        Mean of the vectors of a finding's aspects, unit length; zeros where it has none.
    space
        Vectors in the point space, unit length; zeros without one.
    words, pairs
        Content words and neighbouring pairs of them, weighted by rarity, shape (n, words).
    aspects, defects, contraries, keys
        What its frames of its own polarity hold, as 0 and 1; `contraries` are the defects
        at the other end of the scale of its own.
    claims, denials
        Aspect with defect where its frames are problems, and where they are strengths.
    roles
        Score of each of `POINT_ROLES`, shape (n, 3).
    themes
        Codes of practice themes, as 0 and 1.
    actors
        0 and 1 for agency, family, child.
    quantities
        -1 none, 0 unknown, 1 one or some, 2 many, 3 all.
    lengths
        Number of content words.
    sides
        From -1 (all its frames are problems) to 1 (all are strengths), 0 without frames.
    """

    findings: tuple[Finding, ...]
    vectors: Vectors
    aspect_vectors: Vectors
    space: Vectors
    words: csr_matrix
    pairs: csr_matrix
    aspects: csr_matrix
    defects: csr_matrix
    contraries: csr_matrix
    keys: csr_matrix
    claims: csr_matrix
    denials: csr_matrix
    roles: Weights
    themes: csr_matrix
    actors: Weights
    quantities: Weights
    lengths: Weights
    sides: Weights

    def __len__(self) -> int:
        return len(self.findings)


_QUANTITY = {"none": -1, "": 0, "one": 1, "some": 1, "many": 2, "all": 3}
"""How many, as numbers whose difference is the gap between two quantities."""


def make_table(
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    rarity: Callable[[str], float],
    encode: Encode | None = None,
    space: PointSpace | None = None,
) -> StatementTable:
    """The table of findings, which must be in ascending order of id.

    Parameters
    ----------
    findings, vectors
        Findings with their frames, and one vector each.
    framework
        Its defects say which are contrary, its aspects how they are called.
    rarity
        Weight of a word, from the pair test (`PairTest.rarity`).
    encode
        The encoder of `vectors`, for the names of aspects; without it aspects are the same
        or not.
    space
        The point space of the pair test, if it has one.
    """
    # A strength may mention a problem in passing; its point is what its role says.
    own = [[f for f in finding.frames if f.polarity == finding.role] for finding in findings]
    aspects = [[f.aspect for f in frames if f.aspect] for frames in own]
    defects = [[f.defect for f in frames if f.defect] for frames in own]
    contrary = {d.id: d.opposite for d in framework.defects if d.opposite}
    words_of_findings = [content_words(finding.text) for finding in findings]
    # One finding's at a time: those of 60,000 take as much memory as their vectors.
    word_pairs = ([f"{a} {b}" for a, b in pairwise(ws)] for ws in words_of_findings)
    shape = {d.id: i for i, d in enumerate(framework.defects)}
    all_subjects = sorted({s for finding in findings for s in _subjects(finding.frames)})
    subjects = {subject: i for i, subject in enumerate(all_subjects)}
    return StatementTable(
        tuple(findings),
        vectors,
        _aspect_vectors(aspects, framework, encode, vectors.shape[1]),
        space.place(vectors) if space else np.zeros((len(findings), 1), np.float32),
        _matrix(words_of_findings, rarity),
        # As rare as its more common word: a rare name beside "the" is no shared wording.
        _matrix(word_pairs, lambda pair: min(map(rarity, pair.split(" ")))),
        _matrix(aspects),
        _matrix(defects, columns=shape),
        _matrix([{contrary[d] for d in ids if d in contrary} for ids in defects], columns=shape),
        _matrix([{f.key for f in fs if f.key} for fs in own]),
        _matrix([_subjects(f.frames, "problem") for f in findings], columns=subjects),
        _matrix([_subjects(f.frames, "strength") for f in findings], columns=subjects),
        _rows([[role_score(f, role) for role in POINT_ROLES] for f in findings]),
        _matrix([finding.themes for finding in findings]),
        _rows([[any(f.actor == a for f in fs) for a in _ACTORS] for fs in own]),
        np.array([max((_QUANTITY[f.quantity] for f in fs), default=0) for fs in own], np.float32),
        np.array([max(1, len(ws)) for ws in words_of_findings], np.float32),
        np.array([_side(finding) for finding in findings], np.float32),
    )


def content_matrix(texts: Iterable[str], weights: Mapping[str, float]) -> csr_matrix:
    """The content words of texts that have a weight, each row of unit length."""
    columns = {word: place for place, word in enumerate(weights)}
    rows = ([word for word in content_words(text) if word in columns] for text in texts)
    # Weights in the order of the columns, which new words would follow.
    matrix = _matrix(rows, columns=columns) @ diags(np.array([*weights.values()], np.float32))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    return csr_matrix(diags((1.0 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ matrix)


def _rows(values: Sequence[Sequence[float]]) -> Weights:
    """Rows of three numbers, also if there are none."""
    return np.array(values, np.float32).reshape(len(values), 3)


def _side(finding: Finding) -> float:
    """Whether its frames are problems (-1), strengths (1), or of both sides."""
    sides = [{"problem": -1, "strength": 1}.get(f.polarity, 0) for f in finding.frames if f.defect]
    return sum(sides) / len(sides) if sides else 0.0


def _subjects(frames: Iterable[Frame], polarity: str = "") -> set[str]:
    """Aspect with defect of each whole frame, of one polarity or of any."""
    return {f"{f.aspect}|{f.defect}" for f in frames if f.key and polarity in ("", f.polarity)}


def role_score(finding: Finding, role: str) -> float:
    """How surely (0..1) a finding has a role; 1 or 0 by its own role where none was scored."""
    return float(finding.scores.get(f"role:{role}", float(finding.role == role)))


def _matrix(
    rows: Iterable[Iterable[str]],
    weight: Callable[[str], float] | None = None,
    columns: dict[str, int] | None = None,
) -> csr_matrix:
    """Rows of distinct names as a sparse matrix of their weights (1 without `weight`).

    Columns that are given stay in their places; weights are for new ones.
    """
    columns = {} if columns is None else columns
    weights = array("f")
    # Arrays: lists of numbers take eight times as much for the word pairs of 60,000 findings.
    indices, values, ends = array("i"), array("f"), array("i", [0])
    for row in rows:
        for name in dict.fromkeys(row):
            column = columns.setdefault(name, len(columns))
            if weight is not None and column == len(weights):
                weights.append(weight(name))
            indices.append(column)
            values.append(weights[column] if weight is not None else 1.0)
        ends.append(len(indices))
    return csr_matrix(
        (np.array(values, np.float32), np.array(indices, np.int32), np.array(ends, np.int32)),
        shape=(len(ends) - 1, max(1, len(columns))),
    )


def _aspect_vectors(
    aspects: Sequence[Sequence[str]], framework: Framework, encode: Encode | None, dim: int
) -> Vectors:
    names: Mapping[str, str] = {a.id: a.name for a in framework.aspects}
    distinct = sorted(set().union(*aspects)) if aspects else []
    if encode is None or not distinct:
        return np.zeros((len(aspects), dim), np.float32)
    place = {aspect: i for i, aspect in enumerate(distinct)}
    rows = encode([names.get(aspect, aspect) for aspect in distinct])[:, :dim]
    sums = _matrix(aspects, columns=place) @ rows
    norms = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    result: Vectors = (sums / norms).astype(np.float32)
    return result
