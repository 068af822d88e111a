"""Trains the test of known points on sentences that readers filed under them.

    python scripts/real_gold.py texts corpora/gold/point_assignments_01.jsonl \\
        corpora/gold/point_members_0[12].jsonl --out /tmp/gold
    python scripts/train_known_points.py /tmp/gold WORKSPACE [--without REPORTS.json]

WORKSPACE is a workspace with the real reports, mined by `fast`: its findings bring the labels of
the sentences.  Writes `models/points` (accurate profile) and `models/points-static` (fast).
Figures are from five folds over documents; no model is asked about a report that taught it.
REPORTS is a list of ids of reports of which no reader's choice teaches, since a sealed test is
drawn from them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from point_members import label
from real_gold import rows_of
from safetensors.numpy import save_file
from scipy.sparse import vstack
from torch.nn import functional

from lif_nlp.about import GOLD, MODELS
from lif_nlp.embed.load import load_encoder
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.model_files import KNOWN_MODELS, LABEL_FILES, write_checksums
from lif_nlp.protocols import Encoder
from lif_nlp.records import Finding
from lif_nlp.store import Store
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.groups import KnownPoints
from lif_nlp.themes.points.known_test import SURENESS, Inputs, KnownTest
from lif_nlp.themes.points.pair_test import PROBE, pair_test_for

Array = npt.NDArray[Any]

ENCODERS = dict(zip(KNOWN_MODELS, ("minilm", "static"), strict=True))
"""Encoder of each variant."""

ASSIGNED = "point_assignments_01.jsonl"
"""Sentences of real reports with the points that a reader filed them under, with their texts."""

ASSIGNED_INVENTED = "point_assignments_02.jsonl"
"""The same for sentences of invented reviews."""

JUDGED = ("point_members_01.jsonl", "point_members_02.jsonl")
"""Memberships that readers judged, with their texts: true ones teach."""

GROUP_FILES = "point_groups_0[4-9].jsonl"
"""Invented sentences for known points, and near misses of each."""

HIDDEN, DIM = 256, 128
"""Sizes of the layers, those of the point space."""

EPOCHS, RATE, DECAY, DROPOUT, BATCH = 8, 2e-3, 0.05, 0.3, 128
"""Passes, highest learning rate, weight decay, dropout, and sentences in a batch.  Twenty passes
and words of twice the weight gave no more (precision at 25 % of sentences 0.74 and 0.74)."""

WORD_SCALE = 3.0
"""What the weights of words are multiplied by before training."""

SCALE = 12.0
"""Scale of the cosines before training; learnt like all else."""

UNSURE, INVENTED = 0.7, 0.7
"""Weight in teaching of a sentence that its reader was not sure of, and of an invented one.
Thousands of sentences that only frames put into a point gave 0.02 more out of fold, and a test that
was too sure of what frames say: of 200 memberships a strict reader found 0.79 true."""

FOLDS, SEED = 5, 7

SURE_STRENGTH = 1.0
"""Inverse of the ridge penalty of the regression over `SURENESS`."""

LEAST = {"points": 0.72, "points-static": 0.70}
"""Probability from which a finding states a point.  On a sealed sheet of 300 findings of letters a
quarter lies above, and of these 0.95 (accurate) and 0.93 (fast) were acceptable to a reader who had
named every line under which each might be filed; of the surest 35 %, 0.89 and 0.87 (November
2026)."""

LEAST_AGREED = 0.55
"""The same where a frame that names the point passes the test of membership, too: of 79 such
memberships that a strict reader saw 0.91 were true."""


@dataclass(frozen=True)
class Sentence:
    """A finding with the known points that it states, and how much it teaches (0..1)."""

    finding: Finding
    points: tuple[str, ...]
    weight: float
    is_scored: bool

    @property
    def document(self) -> str:
        """The report or invented text that it belongs to."""
        return self.finding.doc_id


@dataclass(frozen=True)
class Lesson:
    """Sentences as the network reads them, with what it is to answer."""

    inputs: Inputs
    allowed: Array
    targets: Array
    weights: Array

    def take(self, rows: Array) -> Lesson:
        """Those at these rows."""
        return Lesson(
            take_inputs(self.inputs, rows), self.allowed[rows], self.targets[rows],
            self.weights[rows],
        )  # fmt: skip


def main() -> int:
    """Train both variants; returns 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="folder of the assignments with their texts")
    parser.add_argument("workspace", type=Path, help="a mined workspace")
    parser.add_argument("--without", type=Path, help="reports whose sentences teach nothing")
    parser.add_argument("--only", choices=KNOWN_MODELS)
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    left_out = json.loads(arguments.without.read_text()) if arguments.without else []
    with Store(arguments.workspace) as store:
        stored = store.findings(counted=True, marks=False, machine=True, scores="role:")
        findings = [f for f in stored if f.role in POINT_ROLES]
    sentences = [
        sentence
        for sentence in read_sentences(arguments.gold, findings)
        if sentence.document not in left_out
    ]
    for name in [arguments.only] if arguments.only else KNOWN_MODELS:
        data = train(name, sentences, arguments.gold, arguments.out / name)
        print(name, json.dumps(data["figures"]))
    return 0


def read_sentences(folder: Path, findings: Sequence[Finding]) -> list[Sentence]:
    """All sentences that teach."""
    whole = {p.id: p.part_of or p.id for p in load_framework().points}
    by_text = {(f.doc_id, " ".join(f.text.split())): f for f in findings}
    sentences = [
        Sentence(by_text[key], points_of(row, whole), weight_of(row), True)
        for row in rows_of(folder / ASSIGNED)
        if (key := (row["doc"], " ".join(row["text"].split()))) in by_text
    ]
    invented = [
        {"doc": row["gold"].rpartition("-")[0], **row} for row in rows_of(GOLD / ASSIGNED_INVENTED)
    ]
    sentences += [
        Sentence(finding, points_of(row, whole), weight_of(row), True)
        for row, finding in zip(invented, label(invented), strict=True)
    ]
    judged = [
        {"points": [row["point"]], **row}
        for name in JUDGED
        for row in rows_of(folder / name)
        if row["belongs"]
    ]
    filed_ids = {sentence.finding.finding_id for sentence in sentences}
    sentences += [
        Sentence(finding, points_of(row, whole), INVENTED, False)
        for row in judged
        if (finding := by_text.get((row.get("doc", ""), " ".join(row["text"].split()))))
        and finding.finding_id not in filed_ids
    ]
    written = [
        {"text": text, "doc": f"{path.stem}-{number}", "points": points}
        for path in sorted(GOLD.glob(GROUP_FILES))
        for number, row in enumerate(rows_of(path))
        for text, points in texts_of(row)
    ]
    return sentences + [
        Sentence(finding, points_of(row, whole), INVENTED, False)
        for row, finding in zip(written, label(written), strict=True)
    ]


def texts_of(row: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The sentences of a group: those that state its point, and near misses."""
    others = [*row["opposite"], *(near["text"] for near in row["related"])]
    return [(text, [row["point"]]) for text in row["same"]] + [(text, []) for text in others]


def points_of(row: Mapping[str, Any], whole: Mapping[str, str]) -> tuple[str, ...]:
    """The points of a sentence, each once, whatever part of it was named."""
    return tuple(dict.fromkeys(whole[id] for id in row["points"] if id in whole))


def weight_of(row: Mapping[str, Any]) -> float:
    """How much an assigned sentence teaches."""
    return 1.0 if row["sure"] else UNSURE


def train(name: str, sentences: Sequence[Sentence], gold: Path, folder: Path) -> dict[str, Any]:
    """Fit one variant and write its folder; returns what its file of facts holds."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder: Encoder = load_encoder(ENCODERS[name])
    known = KnownPoints(load_framework())
    empty = untaught(name, encoder, known)
    corpus = Corpus(
        tuple(sentence.finding for sentence in sentences),
        encoder.encode([sentence.finding.text for sentence in sentences]),
    )
    members = pair_test_for(encoder.encode).members
    lesson = lesson_of(empty, sentences, corpus, known)
    names = name_lesson(empty, encoder, known)
    scored = np.array([s.is_scored for s in sentences])
    fold = folds_of([s.document for s in sentences], scored)
    rows, places, figures = [], [], []
    for number in range(FOLDS):
        taught = np.flatnonzero(fold != number)
        test = replace(empty, tensors=fit(joined(lesson.take(taught), names)))
        asked = np.flatnonzero((fold == number) & scored)
        own = corpus.take(asked.tolist())
        for answer in test.answers(own, known, members, encoder.encode):
            rows.append(int(asked[answer.row]))
            places.append(answer.place)
            figures.append(answer.figures)
    table = np.array(figures)
    truth = np.array([
        empty.points[place] in sentences[row].points
        for row, place in zip(rows, places, strict=True)
    ])  # fmt: skip
    documents = [sentences[row].document for row in rows]
    held = held_out(table, truth, documents)
    weights, bias = regression(table, truth)
    is_real = np.array([sentences[row].document.startswith("d-") for row in rows])
    data = {
        "name": name,
        "encoder": ENCODERS[name],
        "trained": datetime.now(UTC).date().isoformat(),
        "gold": {
            path.name: file_hash(path)[:16]
            for path in (gold / ASSIGNED, GOLD / ASSIGNED_INVENTED, *sorted(GOLD.glob(GROUP_FILES)))
        },
        "figures": {
            "sentences": len(sentences),
            **curve("real", held, truth, rows, is_real, sentences, LEAST[name]),
            **curve("invented", held, truth, rows, ~is_real, sentences, LEAST[name]),
        },
        "points": empty.points,
        "roles": empty.roles,
        "names": dict(empty.names),
        "words": dict(empty.words),
        "labels": empty.labels,
        "least": LEAST[name],
        "least_agreed": LEAST_AGREED,
        "sure_weights": weights,
        "sure_bias": bias,
        "probe": list(empty.probe),
    }
    tensors = fit(joined(lesson, names))
    save_file({k: v.astype(np.float16) for k, v in tensors.items()}, folder / LABEL_FILES[0])
    (folder / LABEL_FILES[0]).chmod(0o644)
    (folder / LABEL_FILES[1]).write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
    write_checksums(folder, LABEL_FILES)
    (folder / "README.md").write_text(card(data), encoding="utf-8")
    return data


def untaught(name: str, encoder: Encoder, known: KnownPoints) -> KnownTest:
    """The test without weights: what it knows by name."""
    seeds = list(known.seeds.values())
    labels = (
        *(f"aspect:{id}" for id in known.aspects),
        *(f"defect:{id}" for id in known.defects),
        *sorted({f"theme:{seed.theme}" for seed in seeds if seed.theme}),
    )
    return KnownTest(
        name,
        tuple(seed.id for seed in seeds),
        tuple(seed.role for seed in seeds),
        {seed.id: seed.name for seed in seeds},
        pair_test_for(encoder.encode).rarities,
        labels,
        0.0,
        0.0,
        {},
        0.0,
        [round(float(v), 4) for v in encoder.encode([PROBE])[0]],
        {},
    )


def lesson_of(
    test: KnownTest, sentences: Sequence[Sentence], corpus: Corpus, known: KnownPoints
) -> Lesson:
    """What the network reads of sentences, and its answers."""
    place = {id: i for i, id in enumerate(test.points)}
    targets = np.zeros((len(sentences), len(place) + 1), np.float32)
    for row, sentence in enumerate(sentences):
        for id in sentence.points:
            targets[row, place[id]] = 1.0
        targets[row, -1] = not sentence.points
    targets /= targets.sum(axis=1, keepdims=True)
    # A reader may see another side than the program does.
    allowed = test.allowed(corpus.findings) | (targets[:, :-1] > 0)
    weights = np.array([sentence.weight for sentence in sentences], np.float32)
    inputs = test.inputs(corpus.findings, corpus.vectors, known)
    return Lesson(inputs, allowed, targets, weights)


def name_lesson(test: KnownTest, encoder: Encoder, known: KnownPoints) -> Lesson:
    """The names of the points as sentences that state them."""
    seeds = list(known.seeds.values())
    findings = [
        Finding(seed.id, seed.id, 0, len(seed.name), seed.name, 1, role=seed.role,
                themes=(seed.theme,) if seed.theme else ())
        for seed in seeds
    ]  # fmt: skip
    corpus = Corpus(tuple(findings), encoder.encode([seed.name for seed in seeds]))
    sentences = [Sentence(f, (f.finding_id,), 1.0, False) for f in findings]
    return lesson_of(test, sentences, corpus, known)


def take_inputs(inputs: Inputs, rows: Array) -> Inputs:
    """Those at these rows."""
    return Inputs(
        inputs.vectors[rows], inputs.words[rows], inputs.labels[rows], inputs.frames[rows],
        inputs.phrases[rows],
    )  # fmt: skip


def joined(one: Lesson, other: Lesson) -> Lesson:
    """Both lessons as one."""
    names = ("words", "labels", "frames", "phrases")
    inputs = Inputs(
        np.vstack([one.inputs.vectors, other.inputs.vectors]),
        *(vstack([getattr(x.inputs, name) for x in (one, other)]).tocsr() for name in names),
    )
    return Lesson(
        inputs,
        *(
            np.concatenate([getattr(x, name) for x in (one, other)])
            for name in ("allowed", "targets", "weights")
        ),
    )


def fit(lesson: Lesson) -> dict[str, Array]:
    """The tensors of a network taught by a lesson."""
    torch.manual_seed(SEED)
    draw = np.random.RandomState(SEED)
    vectors = torch.tensor(lesson.inputs.vectors)
    centre = vectors.mean(0)
    spread = float((vectors - centre).std())
    count, width = lesson.targets.shape
    net = Network(vectors.shape[1], lesson.inputs.words.shape[1], lesson.inputs.labels.shape[1],
                  width - 1)  # fmt: skip
    learner = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    batches = max(1, count // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, RATE, total_steps=EPOCHS * batches + 1)
    targets, weights = torch.tensor(lesson.targets), torch.tensor(lesson.weights)
    allowed = torch.tensor(lesson.allowed)
    for _ in range(EPOCHS):
        for rows in np.array_split(draw.permutation(count), batches):
            values = net((vectors[rows] - centre) / spread, take_inputs(lesson.inputs, rows))
            ruled_out = functional.pad(~allowed[rows], (0, 1))
            logs = functional.log_softmax(values.masked_fill(ruled_out, -30.0), 1)
            loss = -((targets[rows] * logs).sum(1) * weights[rows]).mean()
            learner.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            learner.step()
            pace.step()
    return net.tensors(centre, spread)


class Network(torch.nn.Module):
    """The network of `KnownTest` while it is taught."""

    def __init__(self, dim: int, words: int, labels: int, points: int) -> None:
        super().__init__()
        self.drop = torch.nn.Dropout(DROPOUT)
        self.vectors = torch.nn.Linear(dim, HIDDEN)
        self.words = torch.nn.EmbeddingBag(words, HIDDEN, mode="sum")
        # As a linear layer begins: the default of an embedding is eighty times as large.
        torch.nn.init.uniform_(self.words.weight, -(words**-0.5), words**-0.5)
        self.labels = torch.nn.Linear(labels, HIDDEN, bias=False)
        self.outer = torch.nn.Linear(HIDDEN, DIM)
        self.points = torch.nn.Parameter(torch.randn(points, DIM) * 0.1)
        self.none = torch.nn.Parameter(torch.tensor(0.3))
        self.stated = torch.nn.Parameter(torch.tensor([1.0, 1.0]))
        self.scale = torch.nn.Parameter(torch.tensor(SCALE))

    def forward(self, vectors: torch.Tensor, inputs: Inputs) -> torch.Tensor:
        """Values of the points and of "none" for a batch."""
        words = inputs.words
        hidden = self.vectors(self.drop(vectors)) + self.words(
            torch.tensor(words.indices, dtype=torch.long),
            torch.tensor(words.indptr[:-1], dtype=torch.long),
            per_sample_weights=self.drop(torch.tensor(words.data) * WORD_SCALE),
        )
        hidden += self.labels(self.drop(torch.tensor(inputs.labels.toarray())))
        placed = functional.normalize(self.outer(self.drop(functional.gelu(hidden))), dim=1)
        values = self.scale * placed @ functional.normalize(self.points, dim=1).T
        values = values + self.stated[0] * torch.tensor(inputs.frames.toarray())
        values = values + self.stated[1] * torch.tensor(inputs.phrases.toarray())
        return torch.cat([values, (self.scale * self.none).expand(len(vectors), 1)], 1)

    def tensors(self, centre: torch.Tensor, spread: float) -> dict[str, Array]:
        """The weights by their names in `KnownTest.tensors`, scales and centre taken in."""
        with torch.no_grad():
            vectors = self.vectors.weight / spread
            made = {
                "vectors": vectors,
                "bias": self.vectors.bias - vectors @ centre,
                "words": self.words.weight * WORD_SCALE,
                "labels": self.labels.weight.T,
                "outer": self.outer.weight,
                "outer_bias": self.outer.bias,
                "points": self.scale * functional.normalize(self.points, dim=1),
                "scalars": torch.stack([self.scale * self.none, *self.stated]),
            }
        return {name: value.detach().contiguous().numpy() for name, value in made.items()}


def folds_of(documents: Sequence[str], scored: Array) -> Array:
    """Fold of each sentence by its document; -1 for documents without scored sentences."""
    distinct = sorted({d for d, is_scored in zip(documents, scored, strict=True) if is_scored})
    order = np.random.RandomState(0).permutation(len(distinct))
    fold = {document: int(order[i]) % FOLDS for i, document in enumerate(distinct)}
    return np.array([fold.get(document, -1) for document in documents])


def regression(table: Array, truth: Array) -> tuple[dict[str, float], float]:
    """Weights of `SURENESS` in their own units, and the constant."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    model = LogisticRegression(C=SURE_STRENGTH, max_iter=2000)
    model.fit((table - mean) / spread, truth)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return dict(zip(SURENESS, weights.round(4).tolist(), strict=True)), round(bias, 4)


def held_out(table: Array, truth: Array, documents: Sequence[str]) -> Array:
    """Probability of each answer from a regression that saw none of its document."""
    fold = folds_of(documents, np.ones(len(documents), bool))
    result = np.zeros(len(truth))
    for number in range(FOLDS):
        weights, bias = regression(table[fold != number], truth[fold != number])
        row = np.array([weights[name] for name in SURENESS])
        result[fold == number] = 1 / (1 + np.exp(-(table[fold == number] @ row + bias)))
    return result


def curve(
    prefix: str, held: Array, truth: Array, rows: Sequence[int], part: Array,
    sentences: Sequence[Sentence],
    least: float,
) -> dict[str, Any]:  # fmt: skip
    """How many sentences are answered, and how many answers are the reader's."""
    own = np.array(rows)[part]
    total = len(set(own.tolist()))
    filed = sum(bool(sentences[row].points) for row in set(own.tolist()))
    passed = part & (held >= least)
    answered = set(np.array(rows)[passed].tolist())
    result = {
        f"{prefix}_read": total,
        f"{prefix}_filed": round(filed / max(1, total), 3),
        f"{prefix}_answered": round(len(answered) / max(1, total), 3),
        f"{prefix}_as_the_reader": round(float(truth[passed].mean()), 3) if passed.any() else 0.0,
    }
    # The surest answer of each sentence, by its sureness.
    best: dict[int, tuple[float, bool]] = {}
    for row, p, is_true in zip(own.tolist(), held[part], truth[part], strict=True):
        best[row] = max(best.get(row, (0.0, False)), (float(p), bool(is_true)))
    ranked = sorted(best.values(), reverse=True)
    for share in (0.1, 0.15, 0.2, 0.25, 0.35):
        first = ranked[: max(1, int(share * total))]
        result[f"{prefix}_at_{share:.0%}"] = round(sum(true for _, true in first) / len(first), 3)
    return result


def card(data: Mapping[str, Any]) -> str:
    """The model card."""
    figures = data["figures"]
    rows = "\n".join(f"| {name.replace('_', ' ')} | {value} |" for name, value in figures.items())
    return f"""# Model `{data["name"]}`

Says which of {len(data["points"])} known learning points a finding states, or none: a network of
{HIDDEN} hidden units over the vector of the encoder {data["encoder"]}, words, frames, themes and
role, and a logistic regression over {len(SURENESS)} figures that says how sure the answer is
(`lif_nlp/themes/points/known_test.py`). Trained on {data["trained"]} with
`scripts/train_known_points.py` on {figures["sentences"]} sentences that readers filed or wrote. It
stores no sentence: only weights, and how rare words are that occur in at least ten documents.

It reads what a sentence says. It does not judge a child, family, worker or service.

## Figures

From five folds over documents; "as the reader" is the share of answers that one reader gave, too. A
reader chooses among points that lie near each other, so an answer that differs may be true.

| figure | value |
|---|---|
{rows}

A finding states a point from {data["least"]}, or from {data["least_agreed"]} if its frame passes
the test of membership as well.
"""


if __name__ == "__main__":
    sys.exit(main())
