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

from lif_nlp.embed.load import load_encoder
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import load_framework
from lif_nlp.ids import point_id
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, sort_corpus
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.membership import MEMBER_FIGURES, MemberTest, member_figures
from lif_nlp.themes.points.words import content_words

Array = npt.NDArray[Any]

FOLDS, REPEATS = 10, 3

MIN_DOCUMENTS = 10
"""Documents that a word must occur in to be listed with its rarity: no names get in."""

TYPICAL_WORDS = 40
"""Words of a known point that are listed with the share of its findings that hold them."""

MEMBERS_KEPT = 0.8
"""Share of the judged memberships that pass.  Of 407 memberships of the letters (November 2026)
75 in 100 were true; of the surest 80 % 83, of the surest 70 % 85.  At 0.7 half of what the test
threw out of the practice reviews of the sample was true."""

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
    def read(cls, path: Path, findings: Sequence[Finding]) -> Memberships:
        """The judged memberships of a gold file that the frames of today still state."""
        known = KnownPoints(load_framework())
        usable = [f for f in findings if f.role in POINT_ROLES]
        corpus = sort_corpus(usable, np.zeros((len(usable), 1), np.float32))
        statements = [s for s in stated_points(corpus.findings, known) if s.point_id in known.seeds]
        gold = {
            (row["doc_id"], row["text"], point_id("seed", row["point"])): row["belongs"]
            for row in rows_of(path)
        }
        keys = [
            (corpus.findings[s.row].doc_id, corpus.findings[s.row].text, s.point_id)
            for s in statements
        ]
        judged = [place for place, key in enumerate(keys) if key in gold]
        truth = np.array([gold[keys[place]] for place in judged])
        return cls(corpus, known, statements, truth, np.array(judged, np.intp))

    def train(self, encoder: str) -> tuple[MemberTest, dict[str, float]]:
        """The test for one encoder, and its figures from cross-validation over documents."""
        from sklearn.linear_model import LogisticRegression

        model = load_encoder(encoder) if encoder else None
        plain = MemberTest(typical=self._typical(), aspects=self._aspects())
        asked = [self.statements[place] for place in self.judged]
        rows = sorted({s.row for s in asked})
        own = self.corpus.take(rows)
        texts = [finding.text for finding in own.findings]
        vectors = model.encode(texts) if model else np.zeros((len(own), 1), np.float32)
        place = {row: i for i, row in enumerate(rows)}
        figures = member_figures(
            [replace(s, row=place[s.row]) for s in asked],
            Corpus(own.findings, vectors), self.known, plain, model.encode if model else None,
        ).astype(float)  # fmt: skip
        mean, spread = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-6)
        scaled = (figures - mean) / spread
        fitted = LogisticRegression(C=MEMBER_STRENGTH, max_iter=2000).fit(scaled, self.truth)
        weights = fitted.coef_[0] / spread
        documents = [own.findings[place[s.row]].doc_id for s in asked]
        held = np.zeros(len(asked))
        for repeat in range(REPEATS):
            fold_of = folds(documents, repeat)
            for fold in range(FOLDS):
                test = np.array([fold_of[d] == fold for d in documents])
                part = LogisticRegression(C=MEMBER_STRENGTH, max_iter=2000)
                part.fit(scaled[~test], self.truth[~test])
                held[test] += part.predict_proba(scaled[test])[:, 1] / REPEATS
        least = max(
            (float(t) for t in np.unique(held.round(3))
             if (held >= t).mean() >= MEMBERS_KEPT), default=0.0,
        )  # fmt: skip
        passed = held >= least
        result = {
            "members_judged": len(held),
            "members_true_before": round(float(self.truth.mean()), 3),
            "members_true": round(float(self.truth[passed].mean()), 3),
            "members_kept": round(float(passed.mean()), 3),
            "true_members_kept": round(float(passed[self.truth].mean()), 3),
        }
        members = replace(
            plain,
            weights=dict(zip(MEMBER_FIGURES, weights.round(4).tolist(), strict=True)),
            bias=round(float(fitted.intercept_[0] - weights @ mean), 4),
            least=round(least, 3),
            means=dict(zip(MEMBER_FIGURES, mean.round(4).tolist(), strict=True)),
        )
        return members, result

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


def folds(names: Iterable[str], repeat: int) -> dict[str, int]:
    """Fold of each distinct name, drawn anew for each repeat."""
    distinct = sorted(set(names))
    order = np.random.RandomState(repeat).permutation(len(distinct))
    return {name: int(order[i]) % FOLDS for i, name in enumerate(distinct)}
