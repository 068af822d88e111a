"""Trains the test of memberships on memberships that a reader judged.

Used by `train_point_pairs.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from real_gold import rows_of
from regression import fit_regression

from lif_nlp.annotate import Annotator
from lif_nlp.embed.load import load_encoder
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import load_framework
from lif_nlp.ids import point_id
from lif_nlp.protocols import deep_encode
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, draw_rows, sort_corpus
from lif_nlp.themes.points.agreement import draw_examples, support_figures
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.membership import (
    MEMBER_FIGURES,
    SUPPORT_FIGURES,
    MemberTest,
    member_figures,
    prior_key,
)
from lif_nlp.themes.points.pair_test import PairTest
from lif_nlp.themes.points.words import content_words

Array = npt.NDArray[Any]

FOLDS, REPEATS = 10, 3

DRAWN = 40
"""Statements of each judged point among which its sure members are sought; more cost time."""

MIN_DOCUMENTS = 10
"""Documents that a word must occur in to be listed with its rarity: no names get in."""

TYPICAL_WORDS = 40
"""Words of a known point that are listed with the share of its findings that hold them."""

MEMBERS_TRUE = 0.88
"""Share of the memberships that pass that are true, out of fold.  A point shown wrongly costs more
than one missed: at 0.83, as before, a stricter reader found 73 of 100 memberships true.  From 0.9
on fewer than a third pass."""

AGREED_TRUE = 0.9
"""The same where sure members of the point are known.  What passes at 0.88 and not by its own text
was true in 49 of 60 that a reader saw."""

PRIOR_WEIGHT = 4.0
"""Judged memberships that the mean of all counts for in the share of one aspect; 2 to 8 made no
difference."""

MEMBER_STRENGTH = 0.1
"""Inverse of the ridge penalty of the test of memberships."""


@dataclass(frozen=True)
class Memberships:
    """Judged memberships: statements of known points, and whether each is true."""

    corpus: Corpus
    known: KnownPoints
    statements: list[Statement]
    truth: Array
    judged: Array
    """Places among `statements` that a reader judged."""

    @classmethod
    def read(cls, paths: Sequence[Path], findings: Sequence[Finding]) -> Memberships:
        """The judged memberships of gold files that the frames of today still state."""
        known = KnownPoints(load_framework())
        rows = [{"doc": row["id"], **row} for path in paths for row in rows_of(path)]
        present = {finding.doc_id for finding in findings}
        invented = [row for row in rows if row["doc"] not in present]
        usable = [f for f in [*findings, *label(invented)] if f.role in POINT_ROLES]
        corpus = sort_corpus(usable, np.zeros((len(usable), 1), np.float32))
        statements = [
            s
            for s in stated_points(corpus.findings, known)
            if s.point_id in known.seeds and s.why == "frame"
        ]
        gold = {
            (row["doc"], " ".join(row["text"].split()), point_id("seed", row["point"])): row[
                "belongs"
            ]
            for row in rows
        }
        keys = [
            (finding.doc_id, " ".join(finding.text.split()), s.point_id)
            for s in statements
            for finding in [corpus.findings[s.row]]
        ]
        judged = [place for place, key in enumerate(keys) if key in gold]
        truth = np.array([gold[keys[place]] for place in judged])
        return cls(corpus, known, statements, truth, np.array(judged, np.intp))

    def train(self, encoder: str, pair_test: PairTest) -> tuple[MemberTest, dict[str, float]]:
        """The test for one encoder, and its figures from cross-validation over documents.

        `pair_test` is that of the encoder, without a test of memberships.
        """
        model = load_encoder(encoder) if encoder else None
        encode = model.encode if model else None
        asked = [self.statements[place] for place in self.judged]
        plain = MemberTest(typical=self._typical(), aspects=self._aspects())
        near = self._drawn()
        rows = sorted({s.row for s in (*asked, *near)})
        own = self.corpus.take(rows)
        place = {row: i for i, row in enumerate(rows)}
        asked, near = ([replace(s, row=place[s.row]) for s in part] for part in (asked, near))
        texts = [finding.text for finding in own.findings]
        vectors = encode(texts) if encode else np.zeros((len(own), 1), np.float32)
        own = Corpus(own.findings, vectors)
        figures = member_figures(asked, own, self.known, plain, encode).astype(float)
        keys = [prior_key(s.frame) for s in asked]
        documents = [own.findings[s.row].doc_id for s in asked]
        by_text = Fitted.of(figures, self.truth, keys, documents, MEMBER_FIGURES, MEMBERS_TRUE)
        members = replace(
            plain,
            weights=by_text.weights,
            bias=by_text.bias,
            least=by_text.least,
            means=dict(zip(MEMBER_FIGURES, by_text.means.round(4).tolist(), strict=True)),
            priors=shares_of(keys, self.truth),
        )
        table = pair_test.table(own.findings, vectors, load_framework(), encode)
        sure = members.probabilities(member_figures(near, own, self.known, members, encode))
        examples = draw_examples(
            [s for s, p in zip(near, sure, strict=True) if p >= members.least], table
        )
        support, is_supported = support_figures(asked, table, pair_test, examples)
        agreed = Fitted.of(
            np.hstack([figures, support])[is_supported],
            self.truth[is_supported],
            [key for key, kept in zip(keys, is_supported, strict=True) if kept],
            [document for document, kept in zip(documents, is_supported, strict=True) if kept],
            (*MEMBER_FIGURES, *SUPPORT_FIGURES),
            AGREED_TRUE,
        )
        members = replace(
            members,
            agreed_weights=agreed.weights, agreed_bias=agreed.bias, agreed_least=agreed.least,
        )  # fmt: skip
        result = {
            "members_judged": len(self.truth),
            "members_true_before": round(float(self.truth.mean()), 3),
            **{f"members_{name}": value for name, value in by_text.figures.items()},
            "members_supported": int(is_supported.sum()),
            **{f"members_agreed_{name}": value for name, value in agreed.figures.items()},
        }
        return members, result

    def _drawn(self) -> list[Statement]:
        """A few statements of each judged point, to take sure members from."""
        wanted = {self.statements[place].point_id for place in self.judged}
        of_point: dict[str, dict[int, Statement]] = defaultdict(dict)
        for statement in self.statements:
            if statement.point_id in wanted:
                of_point[statement.point_id][statement.row] = statement
        return [
            own[row]
            for _, own in sorted(of_point.items())
            for row in draw_rows(self.corpus.findings, own, DRAWN)
        ]

    def _typical(self) -> dict[str, dict[str, float]]:
        """For each known point the words that most of its findings hold, with their shares."""
        result = {}
        for id, rows in self._rows_of_points().items():
            counts: Counter[str] = Counter()
            documents: dict[str, set[str]] = defaultdict(set)
            for row in rows:
                finding = self.corpus.findings[row]
                for word in set(content_words(finding.text)):
                    counts[word] += 1
                    documents[word].add(finding.doc_id)
            common = [w for w in counts if len(documents[w]) >= MIN_DOCUMENTS]
            ranked = sorted(common, key=lambda w: (-counts[w], w))[:TYPICAL_WORDS]
            if ranked:
                result[id] = {w: round(counts[w] / len(rows), 3) for w in ranked}
        return result

    def _aspects(self) -> dict[str, dict[str, float]]:
        """For each known point the share of its findings with each aspect."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for statement in self.statements:
            if statement.frame is not None and statement.frame.aspect:
                counts[statement.point_id][statement.frame.aspect] += 1
        return {
            id: {aspect: round(n / sum(own.values()), 3) for aspect, n in sorted(own.items())}
            for id, own in sorted(counts.items())
            if sum(own.values()) >= MIN_DOCUMENTS
        }

    def _rows_of_points(self) -> dict[str, list[int]]:
        rows: dict[str, set[int]] = defaultdict(set)
        for statement in self.statements:
            rows[statement.point_id].add(statement.row)
        return {id: sorted(own) for id, own in sorted(rows.items())}


@dataclass(frozen=True)
class Fitted:
    """A logistic regression over figures of memberships.

    Parameters
    ----------
    weights, bias
        In the figures' own units.
    least
        Probability from which, out of fold, the share wanted of the memberships is true.
    means
        Of the figures.
    figures
        What passes out of fold: how much of it is true, the share of all, and of the true ones.
    """

    weights: dict[str, float]
    bias: float
    least: float
    means: Array
    figures: dict[str, float]

    @classmethod
    def of(
        cls,
        figures: Array,
        truth: Array,
        keys: Sequence[str],
        documents: Sequence[str],
        names: Sequence[str],
        wanted: float,
    ) -> Fitted:
        """Fitted on all, with thresholds from cross-validation over documents."""
        from sklearn.linear_model import LogisticRegression

        prior = MEMBER_FIGURES.index("prior")
        figures = figures.copy()
        figures[:, prior] = priors_of(keys, truth, np.ones(len(truth), bool))
        mean, spread = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-6)
        scaled = (figures - mean) / spread
        weights, bias = fit_regression(figures, truth, names, MEMBER_STRENGTH)
        held = np.zeros(len(truth))
        for repeat in range(REPEATS):
            fold_of = folds(documents, repeat)
            for fold in range(FOLDS):
                test = np.array([fold_of[d] == fold for d in documents])
                seen = priors_of(keys, truth, ~test)
                scaled[:, prior] = (seen - mean[prior]) / spread[prior]
                part = LogisticRegression(C=MEMBER_STRENGTH, max_iter=2000)
                part.fit(scaled[~test], truth[~test])
                held[test] += part.predict_proba(scaled[test])[:, 1] / REPEATS
        least = min(
            (float(t) for t in np.unique(held) if truth[held >= t].mean() >= wanted),
            default=1.0,
        )
        passed = held >= least
        return cls(
            weights,
            bias,
            round(least, 3),
            mean,
            {
                "true": round(float(truth[passed].mean()), 3),
                "kept": round(float(passed.mean()), 3),
                "true_kept": round(float(passed[truth].mean()), 3),
            },
        )


def label(rows: Sequence[dict[str, Any]]) -> list[Finding]:
    """The findings of invented memberships; each is a document of its own."""
    encode = deep_encode(load_encoder("static"))
    made = Annotator(load_framework(), encode=encode).label([row["text"] for row in rows])
    return [
        replace(finding, finding_id=f"{row['doc']}:0", doc_id=row["doc"], text=row["text"])
        for finding, row in zip(made, rows, strict=True)
    ]


def priors_of(keys: Sequence[str], truth: Array, taught: Array) -> Array:
    """For each membership the share of true ones with its key among those that teach.

    One that teaches itself is left out, so that its own answer does not tell.
    """
    counts, hits = Counter[str](), Counter[str]()
    for key, true, used in zip(keys, truth, taught, strict=True):
        counts[key] += int(used)
        hits[key] += int(used and true)
    base = PRIOR_WEIGHT * float(truth[taught].mean())
    return np.array([
        (hits[key] - int(used and true) + base) / (counts[key] - int(used) + PRIOR_WEIGHT)
        for key, true, used in zip(keys, truth, taught, strict=True)
    ])  # fmt: skip


def shares_of(keys: Sequence[str], truth: Array) -> dict[str, float]:
    """The share of true memberships of each key, drawn towards that of all."""
    counts, hits = (
        Counter(keys),
        Counter(key for key, true in zip(keys, truth, strict=True) if true),
    )
    base = PRIOR_WEIGHT * float(truth.mean())
    return {
        key: round((hits[key] + base) / (counts[key] + PRIOR_WEIGHT), 3)
        for key in sorted(counts)
        if key
    }


def folds(names: Iterable[str], repeat: int) -> dict[str, int]:
    """Fold of each distinct name, drawn anew for each repeat."""
    distinct = sorted(set(names))
    order = np.random.RandomState(repeat).permutation(len(distinct))
    return {name: int(order[i]) % FOLDS for i, name in enumerate(distinct)}
