"""The network of the test of known points while it is taught.

Used by `train_known_points.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy.sparse import vstack
from torch.nn import functional

from lif_nlp.themes.points.known_test import Inputs

Array = npt.NDArray[Any]

HIDDEN, DIM, HEADS = 256, 128, 48
"""Sizes of the layers, those of the point space, and the rank of what the points' own heads read of
the hidden layer: with a dozen judgements of a point, heads of their own would learn them by heart.
"""

EPOCHS, RATE, DECAY, DROPOUT, BATCH = 8, 2.5e-3, 0.05, 0.3, 192
"""Passes, highest learning rate, weight decay, dropout, and sentences in a batch.  Twenty passes
and words of twice the weight gave no more (precision at 25 % of sentences 0.74 and 0.74)."""

HEADS_SHARE = 1.0
"""Weight of what strict readers said, point by point, beside which points a sentence states."""

WORD_SCALE = 3.0
"""What the weights of words are multiplied by before training."""

SCALE = 12.0
"""Scale of the cosines before training; learnt like all else."""

SEED = 7
"""Of every draw, so that the same sentences give the same network."""


LABELS = ("allowed", "targets", "weights", "asked", "truth")
"""Fields of a lesson with one row for each sentence, beside what the network reads."""


@dataclass(frozen=True)
class Lesson:
    """Sentences as the network reads them, with what it is to answer.

    `targets` shares 1 among the points of each sentence and "none", shape (n, points + 1);
    `asked` and `truth` say which points strict readers were asked about, and what they answered
    (0..1), shape (n, points).
    """

    inputs: Inputs
    allowed: Array
    targets: Array
    weights: Array
    asked: Array
    truth: Array

    def take(self, rows: Array) -> Lesson:
        """Those at these rows."""
        return Lesson(
            take_inputs(self.inputs, rows),
            *(getattr(self, name)[rows] for name in LABELS),
        )


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
        *(np.concatenate([getattr(x, name) for x in (one, other)]) for name in LABELS),
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
    asked = torch.tensor(lesson.asked, dtype=torch.float32)
    truth = torch.tensor(lesson.truth, dtype=torch.float32)
    for _ in range(EPOCHS):
        for rows in np.array_split(draw.permutation(count), batches):
            values, belongs = net(
                (vectors[rows] - centre) / spread, take_inputs(lesson.inputs, rows)
            )
            ruled_out = functional.pad(~allowed[rows], (0, 1))
            logs = functional.log_softmax(values.masked_fill(ruled_out, -30.0), 1)
            loss = -((targets[rows] * logs).sum(1) * weights[rows]).mean()
            wrong = functional.binary_cross_entropy_with_logits(
                belongs, truth[rows], weight=asked[rows], reduction="sum"
            )
            loss += HEADS_SHARE * wrong / asked[rows].sum().clamp(min=1.0)
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
        self.heads = torch.nn.Linear(HIDDEN, HEADS, bias=False)
        self.head_points = torch.nn.Parameter(torch.randn(points, HEADS) * 0.02)
        self.heads_bias = torch.nn.Parameter(torch.zeros(points))
        self.counted = torch.nn.Parameter(torch.tensor(0.3))
        self.heads_none = torch.nn.Parameter(torch.tensor(-1.0))
        self.scale = torch.nn.Parameter(torch.tensor(SCALE))

    def forward(self, vectors: torch.Tensor, inputs: Inputs) -> tuple[torch.Tensor, torch.Tensor]:
        """Values of the points and of "none" for a batch, and odds of the points' own heads."""
        words = inputs.words
        hidden = self.vectors(self.drop(vectors)) + self.words(
            torch.tensor(words.indices, dtype=torch.long),
            torch.tensor(words.indptr[:-1], dtype=torch.long),
            per_sample_weights=self.drop(torch.tensor(words.data) * WORD_SCALE),
        )
        hidden += self.labels(self.drop(torch.tensor(inputs.labels.toarray())))
        read = self.drop(functional.gelu(hidden))
        placed = functional.normalize(self.outer(read), dim=1)
        values = self.scale * placed @ functional.normalize(self.points, dim=1).T
        values = values + self.stated[0] * torch.tensor(inputs.frames.toarray())
        values = values + self.stated[1] * torch.tensor(inputs.phrases.toarray())
        belongs = self.heads(read) @ self.head_points.T + self.counted * values
        belongs = belongs + self.heads_bias + self.heads_none
        none = (self.scale * self.none).expand(len(vectors), 1)
        return torch.cat([values, none], 1), belongs

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
                "scalars": torch.stack([self.scale * self.none, *self.stated, self.counted]),
                "heads": self.heads.weight,
                "head_points": self.head_points,
                "heads_bias": self.heads_bias + self.heads_none,
            }
        return {name: value.detach().contiguous().numpy() for name, value in made.items()}
