"""Trains the point space: a small network on an encoder's vectors, taught by groups of sentences.

Statements of one point are drawn together; the opposite and the near misses of a group, and the
statements of all other groups, are kept away.  Used by `train_point_pairs.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from real_gold import rows_of
from torch.nn import functional

from lif_nlp.protocols import Encoder

Array = npt.NDArray[Any]

HIDDEN, DIM = 256, 128
"""Sizes of the layers.  One layer alone gave F1 0.48 on dev pairs where this gave 0.53."""

EPOCHS, RATE, DECAY, DROPOUT, GROUPS = 60, 2e-3, 0.05, 0.3, 64
"""Passes over the groups, learning rate, weight decay, dropout, and groups in a batch."""

TEMPERATURE = 0.08
"""Scale of the cosines in the contrastive loss; 0.05 to 0.1 made no difference."""

SEED = 7


@dataclass(frozen=True)
class Group:
    """Statements of one point, and sentences that do not state it."""

    same: tuple[str, ...]
    others: tuple[str, ...]


def read_groups(folder: Path, names: str = "point_groups_*.jsonl") -> list[Group]:
    """The groups of the gold files in a folder whose names match a pattern."""
    return [
        Group(
            tuple(row["same"]),
            (*row["opposite"], *(related["text"] for related in row["related"])),
        )
        for path in sorted(folder.glob(names))
        for row in rows_of(path)
    ]


def train_space(groups: Sequence[Group], encoder: Encoder) -> dict[str, Array]:
    """The tensors of the space, in half precision, by their names in `PointSpace`."""
    torch.manual_seed(SEED)
    draw = np.random.RandomState(SEED)
    texts = sorted({text for group in groups for text in (*group.same, *group.others)})
    row = {text: place for place, text in enumerate(texts)}
    vectors = torch.tensor(np.asarray(encoder.encode(texts), np.float32))
    centre = vectors.mean(0)
    inputs = vectors - centre
    scale = float(inputs.std())
    inner = torch.nn.Linear(inputs.shape[1], HIDDEN)
    outer = torch.nn.Linear(HIDDEN, DIM)
    drop = torch.nn.Dropout(DROPOUT)
    net = torch.nn.Sequential(drop, inner, torch.nn.GELU(), drop, outer)
    learner = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        order = draw.permutation(len(groups))
        for start in range(0, len(groups), GROUPS):
            rows, own = _batch([groups[i] for i in order[start : start + GROUPS]], row)
            placed = functional.normalize(net(inputs[rows] / scale), dim=1)
            loss = _loss(placed, own)
            learner.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            learner.step()
    tensors = {
        "centre": centre,
        "inner": inner.weight / scale,
        "inner_bias": inner.bias,
        "outer": outer.weight,
        "outer_bias": outer.bias,
    }
    return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in tensors.items()}


def _batch(groups: Sequence[Group], row: dict[str, int]) -> tuple[list[int], list[int]]:
    """Rows of a batch and the group of each; sentences that state no point have none (-1)."""
    rows = [row[text] for group in groups for text in group.same]
    own = [place for place, group in enumerate(groups) for _ in group.same]
    others = [row[text] for group in groups for text in group.others]
    return rows + others, own + [-1] * len(others)


def _loss(placed: torch.Tensor, own: Sequence[int]) -> torch.Tensor:
    """How far each statement is from those of its group, among all sentences of the batch."""
    group = torch.tensor(own)
    count = int((group >= 0).sum())
    cosines = placed[:count] @ placed.T / TEMPERATURE
    itself = torch.eye(count, len(own), dtype=torch.bool)
    cosines = cosines.masked_fill(itself, -1e9)
    partners = (group[:count, None] == group[None]) & ~itself
    logs = cosines - torch.logsumexp(cosines, 1, keepdim=True)
    means = logs.masked_fill(~partners, 0.0).sum(1) / partners.sum(1).clamp(min=1)
    return -means.mean()
