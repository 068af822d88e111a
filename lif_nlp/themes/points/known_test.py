"""The test of known points: which of them a finding states, learnt from labelled sentences.

Aspect and defect of a frame hold few of the ways in which a point is said.  Here a small network
reads a finding's vector, its words, frames, themes and role, and every known point is a place in
its space; the nearest one competes with all others, and with "none of them".  Siblings ("too few
placements", "placements far away") are held apart in this way.  A logistic regression over a few
figures then says how sure the answer is.  Trained on sentences that readers filed under known
points (`scripts/train_known_points.py`).

Among the surest of fifty thousand sentences more are wrong than among those that readers were given
to judge: of strengths of which the regression was 0.86 to 0.9 sure, strict readers found 0.77 true.
So its answers are corrected, point by point, by what they found on reports that taught it nothing
(`scripts/point_trust.py`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.special import erf, expit, logsumexp

from lif_nlp.about import MODELS
from lif_nlp.frame_record import POINT_ROLES, Frame
from lif_nlp.ids import point_id
from lif_nlp.model_files import KNOWN_MODELS, LABEL_FILES, check_model
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.membership import TURN, MemberTest, member_figures
from lif_nlp.themes.points.pair_test import PROBE, is_same_encoder
from lif_nlp.themes.points.regression import probabilities
from lif_nlp.themes.points.statements import Weights, content_matrix, role_score

Tensors = Mapping[str, Vectors]

SURENESS = (
    "odds", "second", "none", "frame", "phrase", "role", "name_cosine", "contrast", "length",
    "clauses", "other_side", "centre", "share", "belongs", "member",
)  # fmt: skip
"""Names of the figures of an answer, in the order of `Answer.figures`.  "centre" is the cosine with
the mean of sure members of the point, "share" how many of the point's answers strict readers found
true, "belongs" the odds that the point's own head gives, "member" what the test of memberships says
of a frame that states the point (0 without)."""

_FRAME, _PHRASE = SURENESS.index("frame"), SURENESS.index("phrase")

ROLE_LEAST = 0.2
"""Score of a role (0..1) from which a finding may state points of that role, if it is not its own
role.  Set by judgement before training."""

ANSWERS = 3
"""Points of which it is asked how sure they are, for each finding: few sentences state more."""

UNLIKELY = 0.1
"""Value of `KnownTest.probability` under which an answer is dropped: it can decide nothing."""

_LEAST_LOG = float(np.log(0.02))
"""Logarithm of the network's probability under which no answer reaches `UNLIKELY`."""

TRUST_AT = 2.0
"""Odds (natural logarithm) near which answers are shown, 0.88: there the constant of
`KnownTest.trust` holds."""

TRUST_ENDS = 0.02, 0.99
"""Probabilities below and above which answers are believed no less and no more: few were judged."""

MOST_ODDS = 8.0
"""Odds of a probability (natural logarithm, either way) that is as good as certain: 0.9997."""

_AT_ONCE = 1 << 12
"""Findings read at a time; bounds memory to some 20 MB."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """What the network reads of findings, one row each.

    Parameters
    ----------
    vectors
        Shape (n, d).
    words
        Weight of each word that the test knows, rows of unit length, shape (n, words).
    labels
        Aspects, defects and themes as 0 and 1, then the score of each of `POINT_ROLES`.
    frames, phrases
        How surely frames and phrases state each point (0..1), shape (n, points).
    """

    vectors: Vectors
    words: csr_matrix
    labels: csr_matrix
    frames: csr_matrix
    phrases: csr_matrix


@dataclass(frozen=True, slots=True)
class Answer:
    """A point that a finding may state: row, place of the point, `SURENESS`, and what speaks for
    it: "phrase", "frame", or "learnt" where neither does."""

    row: int
    place: int
    figures: tuple[float, ...]
    why: str


@dataclass(frozen=True, eq=False)
class KnownTest:
    """The network and what makes its answers sure.

    Parameters
    ----------
    name
        Of the model's folder.
    points, roles
        Ids of the known points in the framework, and the role of each.
    names
        Name of each point, by its id: a point that was given another is not the one it learnt.
    shares
        Share (0..1) of each point's answers that strict readers found true, by the point's id,
        drawn towards that of all.
    words
        The words that it knows, with their rarity (0..1).
    labels
        Names of the columns of `Inputs.labels`, without the roles.
    trust
        For each point, by its id, how the odds (natural logarithm) that an answer is true follow
        from those of the regression: the constant at `TRUST_AT`, the slope, and how far the
        constant may be out (standard deviation), more where fewer answers were judged.
    least
        Probability (0..1), as believed, from which a finding states a point.
    sure_weights, sure_bias
        Weight of each of `SURENESS`, and the constant.
    probe
        Vector of `PROBE` under the encoder used in training.
    tensors
        Weights of the network: `vectors`, `words`, `labels` (each into the hidden layer),
        `bias`, `outer`, `outer_bias`, `points` (a place for each), `scalars`: the value of
        "none", what a frame adds, what a phrase adds, and what a point's value counts for in its
        own head; `heads`, `head_points` and `heads_bias`, which say of each point whether a strict
        reader would find it stated; and `centres`, the mean vector of sure members of each point.
    """

    name: str
    points: tuple[str, ...]
    roles: tuple[str, ...]
    names: Mapping[str, str] = field(repr=False)
    shares: Mapping[str, float] = field(repr=False)
    trust: Mapping[str, Sequence[float]] = field(repr=False)
    words: Mapping[str, float] = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)
    least: float
    sure_weights: Mapping[str, float]
    sure_bias: float
    probe: Sequence[float] = field(repr=False)
    tensors: Tensors = field(repr=False)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the points as statements name them, in the order of `points`."""
        return tuple(point_id("seed", id) for id in self.points)

    def inputs(self, findings: Sequence[Finding], vectors: Vectors, known: KnownPoints) -> Inputs:
        """What the network reads of findings with these vectors."""
        columns = {label: place for place, label in enumerate(self.labels)}
        place = {id: i for i, id in enumerate(self.ids)}
        rows = [list(_labels_of(finding, columns)) for finding in findings]
        stated = [_stated_by(finding, known, place) for finding in findings]
        width = len(self.labels) + len(POINT_ROLES)
        return Inputs(
            vectors[:, : len(self.probe)],
            content_matrix([finding.text for finding in findings], self.words),
            _sparse(rows, width),
            _sparse([frames for frames, _ in stated], len(self.points)),
            _sparse([phrases for _, phrases in stated], len(self.points)),
        )

    def logits(self, inputs: Inputs, allowed: npt.NDArray[np.bool_]) -> tuple[Weights, Weights]:
        """Value of each point for each finding, and of "none" last, shape (n, points + 1); and the
        odds (natural logarithm) that a strict reader finds it stated, shape (n, points)."""
        t = self.tensors
        none, frame, phrase, counted = t["scalars"]
        result = np.zeros((len(inputs.vectors), len(self.points) + 1), np.float32)
        rows = inputs.vectors @ t["vectors"].T + inputs.words @ t["words"] + t["bias"]
        rows += inputs.labels @ t["labels"]
        # GELU (Hendrycks and Gimpel, 2016), as in training.
        hidden = 0.5 * rows * (1.0 + erf(rows / np.sqrt(2.0)))
        placed = hidden @ t["outer"].T + t["outer_bias"]
        placed /= np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-9)
        result[:, :-1] = placed @ t["points"].T
        result[:, :-1] += (inputs.frames * frame + inputs.phrases * phrase).toarray()
        belongs = hidden @ t["heads"].T @ t["head_points"].T + t["heads_bias"]
        belongs += counted * result[:, :-1]
        result[:, :-1][~allowed] = -np.inf
        result[:, -1] = none
        return result, belongs

    def allowed(self, findings: Sequence[Finding]) -> npt.NDArray[np.bool_]:
        """Which points each finding may state by its role, shape (n, points)."""
        may = np.array([
            [role == f.role or role_score(f, role) >= ROLE_LEAST
             for role in POINT_ROLES]
            for f in findings
        ]).reshape(-1, len(POINT_ROLES))  # fmt: skip
        column = [POINT_ROLES.index(role) for role in self.roles]
        return np.asarray(may[:, column], bool)

    def answers(
        self, corpus: Corpus, known: KnownPoints, members: MemberTest, encode: Encode
    ) -> Iterator[Answer]:
        """The likeliest points of each finding; `encode` is the encoder of the vectors."""
        names = encode([self.names[id] for id in self.points])[:, : len(self.probe)]
        for start in range(0, len(corpus), _AT_ONCE):
            rows = slice(start, start + _AT_ONCE)
            part = Corpus(corpus.findings[rows], corpus.vectors[rows])
            inputs = self.inputs(part.findings, part.vectors, known)
            logits, belongs = self.logits(inputs, self.allowed(part.findings))
            rows_of, places, figures = self._likeliest(
                part.findings, inputs, logits, belongs, names
            )
            asked = [(row, self.ids[place]) for row, place in zip(rows_of, places, strict=True)]
            belonging = _belonging(part, frozenset(asked), known, members, encode)
            for key, place, own in zip(asked, places, figures, strict=True):
                why = "phrase" if own[_PHRASE] else "frame" if own[_FRAME] else "learnt"
                yield Answer(start + key[0], place, (*own, belonging.get(key, 0.0)), why)

    def probability(self, figures: Sequence[Sequence[float]]) -> Weights:
        """How likely answers are right among those that readers judged, shape (m,)."""
        table = np.asarray(figures, float).reshape(-1, len(SURENESS))
        return probabilities(table, SURENESS, self.sure_weights, self.sure_bias)

    def believed(self, sure: Weights, places: Sequence[int]) -> Weights:
        """How likely answers about points at `places` are right among all, shape (m,).

        `sure` are their values of `probability`.
        """
        constant, slope, _ = self._trust[list(places)].T
        p = np.clip(sure, *TRUST_ENDS)
        return np.asarray(expit(constant + slope * (np.log(p / (1.0 - p)) - TRUST_AT)))

    @cached_property
    def doubts(self) -> Mapping[str, float]:
        """How far the odds that are believed of each point may be out, by the id that statements
        name."""
        return dict(zip(self.ids, self._trust[:, 2].tolist(), strict=True))

    @cached_property
    def _trust(self) -> Weights:
        """`trust` as rows, in the order of `points`; answers of a point without are taken as they
        are."""
        return np.array([self.trust.get(id, (TRUST_AT, 1.0, 0.0)) for id in self.points])

    def covers(self, point: str, known: KnownPoints) -> bool:
        """Whether a point, by its `point_id`, is one that this test was taught, name and all."""
        seed = known.seeds.get(point)
        return seed is not None and self.names.get(seed.id) == seed.name

    def statements(
        self, corpus: Corpus, known: KnownPoints, members: MemberTest, encode: Encode
    ) -> list[Statement]:
        """The known points that findings may state, with how sure that is; not the unlikely."""
        answers = self.answers(corpus, known, members, encode)
        result: list[Statement] = []
        # A part at a time: the figures of all take as much memory as the vectors.
        while part := list(islice(answers, _AT_ONCE)):
            # Rounded, so that the last bits of a matrix product decide nothing.
            sure = self.probability([a.figures for a in part])
            believed = self.believed(sure, [a.place for a in part]).astype(float).round(4)
            result += [
                Statement(id, answer.row, p, answer.why)
                for answer, p, is_likely in zip(
                    part, believed.tolist(), sure >= UNLIKELY, strict=True
                )
                if is_likely and self.covers(id := self.ids[answer.place], known)
            ]
        return result

    def _likeliest(
        self, findings: Sequence[Finding], inputs: Inputs, logits: Weights, belongs: Weights,
        names: Vectors,
    ) -> tuple[list[int], list[int], list[list[float]]]:  # fmt: skip
        """The likeliest points of each finding, by the values of the network: rows, places of the
        points, and all figures but the last."""
        logs = logits - logsumexp(logits, axis=1, keepdims=True)
        order = np.argsort(-logs[:, :-1], axis=1, kind="stable")[:, :ANSWERS]
        best = np.take_along_axis(logs, order, axis=1)
        row, rank = np.nonzero(best >= _LEAST_LOG)
        place = order[row, rank]
        # The likeliest point competes with the next, all others with the likeliest.
        rival = np.where(rank > 0, 0, min(1, order.shape[1] - 1))
        score = np.array([[role_score(f, role) for role in POINT_ROLES] for f in findings])
        column = np.array([POINT_ROLES.index(role) for role in self.roles])
        sides = [any(f.polarity != role and f.defect for f in finding.frames)
                 for finding in findings for role in POINT_ROLES]  # fmt: skip
        figures = [
            _odds(best[row, rank]),
            _odds(best[row, rival]),
            _odds(logs[:, -1])[row],
            inputs.frames.toarray()[row, place],
            inputs.phrases.toarray()[row, place],
            score.reshape(-1, len(POINT_ROLES))[row, column[place]],
            (inputs.vectors @ names.T)[row, place],
            np.array([bool(TURN.search(f.text)) for f in findings])[row],
            np.log(np.array([f.text.count(" ") + 1.0 for f in findings]))[row],
            np.array([len(f.frames) for f in findings])[row],
            np.array(sides).reshape(-1, len(POINT_ROLES))[row, column[place]],
            (inputs.vectors @ self.tensors["centres"].T)[row, place],
            np.array([self.shares.get(id, 0.0) for id in self.points])[place],
            np.clip(belongs[row, place], -MOST_ODDS, MOST_ODDS),
        ]
        return row.tolist(), place.tolist(), np.column_stack(figures).astype(float).tolist()


def _belonging(
    corpus: Corpus,
    asked: Collection[tuple[int, str]],
    known: KnownPoints,
    members: MemberTest,
    encode: Encode,
) -> dict[tuple[int, str], float]:
    """How surely (0..1) a finding states a known point by its frame; `asked` are row and point."""
    framed = [
        statement
        for statement in stated_points(corpus.findings, known)
        if statement.why == "frame" and (statement.row, statement.point_id) in asked
    ]
    figures = member_figures(framed, corpus, known, members, encode)
    sure = members.probabilities(figures).astype(float).round(4).tolist()
    return {(s.row, s.point_id): p for s, p in zip(framed, sure, strict=True)}


def _odds(logs: Weights) -> Weights:
    """Logarithm of the odds of probabilities given as their logarithms, cut at `MOST_ODDS`."""
    p = np.exp(logs).astype(float)
    odds = np.log(np.maximum(p, 1e-9)) - np.log(np.maximum(1.0 - p, 1e-9))
    return np.asarray(np.clip(odds, -MOST_ODDS, MOST_ODDS))


def _labels_of(finding: Finding, columns: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    """Columns of `Inputs.labels` with their values."""
    own = [frame for frame in finding.frames if frame.polarity == finding.role]
    names = {
        *(f"aspect:{frame.aspect}" for frame in own if frame.aspect),
        *(f"defect:{frame.defect}" for frame in own if frame.defect),
        *(f"theme:{theme}" for theme in finding.themes),
    }
    yield from sorted((columns[name], 1.0) for name in names if name in columns)
    for place, role in enumerate(POINT_ROLES):
        yield len(columns) + place, role_score(finding, role)


def _stated_by(
    finding: Finding, known: KnownPoints, place: Mapping[str, int]
) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
    """Places of the points that frames state, and that phrases state, with confidence."""
    best: dict[tuple[str, int], float] = {}
    for frame in finding.frames:
        for id, confidence, why in _known_by(frame, known):
            if id in place:
                key = why, place[id]
                best[key] = max(confidence, best.get(key, 0.0))
    frames, phrases = (
        [(at, value) for (why, at), value in sorted(best.items()) if why == wanted]
        for wanted in ("frame", "phrase")
    )
    return frames, phrases


def _known_by(frame: Frame, known: KnownPoints) -> list[tuple[str, float, str]]:
    return known.stated_by(frame) if frame.polarity in POINT_ROLES else []


def _sparse(rows: Sequence[Sequence[tuple[int, float]]], width: int) -> csr_matrix:
    """Rows of columns with values as a sparse matrix."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    cells = [cell for row in rows for cell in row]
    columns = np.array([column for column, _ in cells], np.int32)
    values = np.array([value for _, value in cells], np.float32)
    return csr_matrix((values, columns, ends), shape=(len(rows), width))


@cache
def read_known_test(folder: Path) -> KnownTest:
    """The test in a folder; raises ModelError if a file is missing or was altered."""
    from safetensors.numpy import load_file

    check_model(folder, LABEL_FILES)
    tensors = load_file(folder / LABEL_FILES[0])
    data: dict[str, Any] = json.loads((folder / LABEL_FILES[1]).read_text(encoding="utf-8"))
    names = KnownTest.__dataclass_fields__
    fields: dict[str, Any] = {name: data[name] for name in names if name in data}
    fields |= {name: tuple(data[name]) for name in ("points", "roles", "labels")}
    fields["tensors"] = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
    return KnownTest(**fields)


def known_test_for(encode: Encode | None, models: Path = MODELS) -> KnownTest | None:
    """The test trained with this encoder, or None where there is none.

    Raises ModelError if a file is missing or was altered.
    """
    if encode is None:
        return None
    vector = encode([PROBE])[0]
    for name in KNOWN_MODELS:
        test = read_known_test(models / name)
        if is_same_encoder(vector, test.probe):
            return test
    return None
