"""Training of the network that reads follow-up: changed upper layers of MiniLM and three heads.

The training itself is that of `network`, without the term that keeps likeness: nothing else reads
these vectors.  A change to a linear map is stored as the product of two narrow matrices, the
best of its rank (Eckart and Young, Psychometrika 1936), which is a tenth of its size; the heads
are then read with the narrowed changes, so that figures are those of what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from gold_texts import Labels, Target
from network import (
    HEADS_SCALE,
    LAYERS,
    LowerStates,
    Network,
    Round,
    Settings,
    TrainingSet,
    compute_lower,
    load_parts,
    train_network,
)
from safetensors.torch import save_file
from torch import Tensor

from lif_nlp.annotate.training import LinearFit
from lif_nlp.embed.changes import LEFT, MAPS, RIGHT, change_name
from lif_nlp.embed.minilm import WEIGHTS_SHA256
from lif_nlp.embed.packed import DEEP_PARTS, ROW_PARTS
from lif_nlp.model_files import LABEL_FILES, write_checksums

RANK = 32
"""Width of the two matrices of a change; judgement: they take a ninth of the space."""

PLAN = Round(
    6, 0.0, seed=5, rate=3e-4, heads_rate=1e-3, average=0.99, likeness=0.0, warm_up=0.06
)  # fmt: skip
"""The round of training; as for the network of findings, with an average over fewer steps, since
there are a tenth of the texts."""

SMOOTHING = 0.05
"""Share of a label that goes to the others, so that a wrong one costs less; judgement."""

BALANCE = 0.5
"""Power of the rarity by which rare answers count for more; 1 would make all count alike."""


@dataclass(frozen=True)
class Question:
    """A question with its answers, the answer of each text, and whether it is known."""

    name: str
    answers: tuple[str, ...]
    targets: npt.NDArray[np.float32]
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class StatusTexts:
    """Texts with what rules make of them, and with the states of the layers below the changes."""

    data: TrainingSet
    lower: LowerStates


def status_texts(
    texts: Sequence[str], extra: npt.NDArray[np.float32], questions: Sequence[Question]
) -> StatusTexts:
    """What the network is trained on; the lower layers are computed once."""
    torch.set_num_threads(1)  # more would make the order of sums depend on their number
    bert, tokenizer = load_parts()
    ids = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    settings = Settings()
    lower = compute_lower(bert, ids, upper=settings.upper, longest=settings.longest)
    labels = [_labels(question) for question in questions]
    return StatusTexts(
        TrainingSet(texts, labels, {question.name: extra for question in questions}), lower
    )


def _labels(question: Question) -> Labels:
    """Smoothed answers, weighted by rarity; a text whose answer nobody gave weighs nothing."""
    count = len(question.answers)
    present = np.maximum(question.targets[question.known].sum(axis=0), 1.0)
    weights = (question.known.sum() / (present * count)) ** BALANCE
    own = (question.targets @ weights) * question.known
    values = question.targets * (1 - SMOOTHING) + SMOOTHING / count
    return Labels(
        Target(question.name, question.answers, one_of=True),
        values.astype(np.float32),
        np.repeat(own[:, None], count, axis=1).astype(np.float32),
    )


def train(texts: StatusTexts) -> tuple[Network, dict[str, Tensor]]:
    """The network after training, and its changes as they are stored."""
    bert, _ = load_parts()
    columns = {
        labels.target.name: (
            texts.data.features[labels.target.name].shape[1],
            len(labels.target.labels),
        )
        for labels in texts.data.labels
    }
    torch.manual_seed(PLAN.seed)
    network = Network(bert, columns, Settings())
    # a second set, of passages, is empty
    places = [np.arange(len(texts.data.texts)), np.empty(0, int)]
    train_network(network, [texts.data] * 2, [texts.lower] * 2, places, PLAN)
    tensors: dict[str, Tensor] = {}
    for number, layer in enumerate(network.layers, start=LAYERS - network.settings.upper):
        for linear in MAPS:
            change = getattr(layer, linear).change
            left, right = narrow(change)
            with torch.no_grad():
                change.copy_(left.float() @ right.float())
            name = change_name(number, linear)
            tensors |= {name + LEFT: left.contiguous(), name + RIGHT: right.contiguous()}
    return network, tensors


def narrow(change: Tensor) -> tuple[Tensor, Tensor]:
    """Two narrow matrices in half precision whose product is nearest to a change."""
    u, s, vt = torch.linalg.svd(change.detach(), full_matrices=False)
    root = s[:RANK].sqrt()
    return (u[:, :RANK] * root).half(), (root[:, None] * vt[:RANK]).half()


def heads_of(network: Network) -> dict[str, LinearFit]:
    """The heads as weights for the deep rows that the encoder gives, and for rules."""
    heads = {}
    dim = int(network.layers[0].output.weight.shape[0])
    width = ROW_PARTS * dim
    for name, head in network.heads.items():
        own = head.weight.detach().numpy()
        # The first part of a deep row, the vector for likeness, is not read.
        unread = np.zeros((len(own), (DEEP_PARTS - ROW_PARTS) * dim), np.float32)
        weights = np.hstack([unread, own[:, :width] * HEADS_SCALE, own[:, width:]])
        heads[name] = LinearFit(weights, head.bias.detach().numpy())
    return heads


def write(tensors: Mapping[str, Tensor], folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the changes, facts and card; the same network gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    weights, about = (folder / name for name in LABEL_FILES)
    save_file(dict(tensors), weights)
    weights.chmod(0o644)
    content = {**facts, "round": asdict(PLAN), "rank": RANK, "base": WEIGHTS_SHA256}
    about.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_checksums(folder, LABEL_FILES)
    size = weights.stat().st_size // 1024
    card = f"""# Model `{folder.name}`

Changes to the weights of the upper layers of all-MiniLM-L6-v2 (weights `{WEIGHTS_SHA256[:16]}`) as
products of matrices of width {RANK}, {size} KiB, trained on {facts["trained"]} with
`scripts/train_status.py` on position, progress and effect at once. Its heads stand in the models
`status-position`, `status-progress` and `status-effect`, with their figures. It stores no sentence.
"""
    (folder / "README.md").write_text(card, encoding="utf-8")
