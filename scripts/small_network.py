"""Training of the small network that the profile "fast" reads beside static vectors.

Token vectors and filters learn at once from gold and from what the models of "accurate" say of
unlabelled sentences, on all questions (distillation into a small network: R. Tang and others
(2019), "Distilling task-specific knowledge from BERT into simple neural networks",
https://arxiv.org/abs/1903.12136).  The heads that are trained with it are thrown away: linear
models are fitted on its columns afterwards, as on those of any encoder.

Everything is drawn from seeded generators: the same texts, labels and settings give the same
weights on the same machine and library versions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from gold_texts import Target
from model_card import write_small_network_card
from safetensors.numpy import save_file
from safetensors.torch import load_file
from teaching import Taught
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from lif_nlp.embed.minilm import find_package_model
from lif_nlp.embed.small_network import IDS, REACHES, TOKENS, filter_names
from lif_nlp.model_files import LABEL_FILES, write_checksums

if TYPE_CHECKING:
    from train_annotators import Gold

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.float32]

MOST = 127
"""Largest whole number of a weight, so that one byte holds it."""

VECTOR_SCALE = 4.0
"""Length of the static vectors beside the filters' columns, as in the linear models."""

ANSWER_SIZE = 1.0
"""Standard deviation that the factors bring the columns of a filter to, over training texts."""


@dataclass(frozen=True)
class Settings:
    """Settings of a training run, chosen by judgement, November 2026, unless said otherwise."""

    width: int = 64
    """Numbers of a token's vector."""
    filters: tuple[int, ...] = (128, 64)
    """Filters of each reach."""
    epochs: int = 6
    batch: int = 96
    """Sentences in a batch; of passages, which are three times as long, a third."""
    rate: float = 2e-3
    """Highest learning rate."""
    decay: float = 0.01
    gold: float = 3.0
    """Weight of a reader's label beside that of another model."""
    longest: int = 160
    """Tokens of a text that are read in training."""
    fewest_texts: int = 15
    """Texts in which a token must stand to have a vector."""
    dropout: float = 0.3
    """Share of columns that are dropped before the heads."""
    token_dropout: float = 0.05
    """Share of tokens that are dropped."""
    beside: float = 0.3
    """Share of texts whose vector or features are dropped as a whole, so that the filters do not
    leave to them what they could learn."""
    warm_up: float = 0.05
    """Share of the steps in which the rate rises; it falls in the others."""
    seed: int = 3


@dataclass(frozen=True)
class Lesson:
    """Texts with answers: `values` and `weights` of shape (texts, labels), and `features` of shape
    (texts, columns), by question; `vectors` are those of the static encoder."""

    texts: Sequence[str]
    vectors: Rows
    values: Mapping[str, Rows]
    weights: Mapping[str, Rows]
    features: Mapping[str, Rows]
    batch: int


def lesson_of_gold(gold: Gold, vectors: Rows, *, is_long: bool, settings: Settings) -> Lesson:
    """Gold as a lesson, without the documents that are held out; passages are long."""
    used = np.flatnonzero(~gold.held_out)
    return Lesson(
        [gold.texts[place].text for place in used],
        VECTOR_SCALE * vectors[used],
        {labels.target.name: labels.values[used] for labels in gold.labels},
        {labels.target.name: settings.gold * labels.weights[used] for labels in gold.labels},
        {name: rows[used] for name, rows in gold.features.items()},
        settings.batch // 3 if is_long else settings.batch,
    )


def lesson_of_taught(taught: Taught, vectors: Rows, settings: Settings) -> Lesson:
    """What other models say of sentences, as a lesson.

    A sentence has a kind of reason as far as it gives one.
    """
    weights = {name: np.ones_like(values) for name, values in taught.probabilities.items()}
    weights["reason"] = weights["reason"] * taught.probabilities["why"]
    return Lesson(
        taught.texts,
        VECTOR_SCALE * vectors,
        taught.probabilities,
        weights,
        taught.features,
        settings.batch,
    )


class Filters(nn.Module):
    """Token vectors and filters as `SmallNetwork` reads them, with a head for each question."""

    def __init__(
        self, start: Tensor, columns: Mapping[str, tuple[int, int]], settings: Settings
    ) -> None:
        """`start` holds the tokens' vectors, the last of zeros; `columns` holds for each question
        the number of columns beside the filters' and of labels."""
        super().__init__()
        self.settings = settings
        self.tokens = nn.Embedding.from_pretrained(start, freeze=False, padding_idx=len(start) - 1)
        self.filters = nn.ModuleList(
            nn.Conv1d(settings.width, count, reach, padding=reach // 2)
            for reach, count in zip(REACHES, settings.filters, strict=True)
        )
        width = 2 * sum(settings.filters)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(width + beside, labels) for name, (beside, labels) in columns.items()}
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The columns of each text; `mask` is 1 at real tokens."""
        tokens = self.tokens(ids).transpose(1, 2)
        columns = []
        for filters in self.filters:
            answers = functional.relu(filters(tokens)) * mask[:, None, :]
            columns += [answers.amax(2), answers.sum(2) / mask.sum(1, keepdim=True)]
        return torch.cat(columns, 1)

    def logits(self, name: str, columns: Tensor, vectors: Tensor, features: Tensor) -> Tensor:
        """Logits of one question."""
        if self.training:
            kept = (torch.rand(2, len(columns), 1) >= self.settings.beside).float()
            vectors, features = vectors * kept[0], features * kept[1]
        columns = functional.dropout(columns, self.settings.dropout, self.training)
        head: Tensor = self.heads[name](torch.cat([columns, vectors, features], 1))
        return head


def train_small_network(
    lessons: Sequence[Lesson],
    targets: Sequence[Target],
    tokenizer: Tokenizer,
    folder: Path,
    *,
    facts: Mapping[str, Any],
    settings: Settings,
) -> None:
    """Train a small network on the lessons and write it to `folder`."""
    # With several threads the order of sums, and so the weights, would depend on their number.
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    ids = [token_ids(tokenizer, lesson.texts, settings.longest) for lesson in lessons]
    known = known_tokens(ids, settings.fewest_texts)
    row_of = np.full(tokenizer.get_vocab_size(), len(known))
    row_of[known] = np.arange(len(known))
    rows = [[row_of[text] for text in texts] for texts in ids]
    columns = {
        target.name: (
            lessons[0].vectors.shape[1] + lesson.features[target.name].shape[1],
            len(target.labels),
        )
        for target in targets
        for lesson in lessons
        if target.name in lesson.values
    }
    network = Filters(first_vectors(known, settings.width), columns, settings)
    run_epochs(network, lessons, rows, targets)
    write_small_network(network, known, lessons, rows, folder, facts)


def token_ids(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[Ints]:
    """The first `longest` token ids of each text."""
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.asarray(encoding.ids[:longest], np.int64) for encoding in encodings]


def known_tokens(ids: Sequence[Sequence[Ints]], fewest: int) -> Ints:
    """Ids of the tokens that stand in at least `fewest` texts, in order."""
    counts = Counter(int(token) for texts in ids for text in texts for token in np.unique(text))
    return np.asarray(sorted(token for token, n in counts.items() if n >= fewest), np.int64)


def first_vectors(known: Ints, width: int) -> Tensor:
    """Vectors to begin with: MiniLM's of the tokens in `width` directions, and zeros."""
    weights = load_file(find_package_model() / "model.safetensors")
    vectors = weights["embeddings.word_embeddings.weight"].float()[torch.from_numpy(known)]
    vectors = vectors - vectors.mean(0)
    directions = torch.linalg.svd(vectors.T @ vectors)[2][:width]
    vectors = vectors @ directions.T
    # A third of the span that whole numbers cover.
    return torch.cat([0.3 * vectors / vectors.std(), torch.zeros(1, width)])


def run_epochs(
    network: Filters,
    lessons: Sequence[Lesson],
    rows: Sequence[Sequence[Ints]],
    targets: Sequence[Target],
) -> None:
    """Train in place."""
    settings = network.settings
    generator = np.random.default_rng(settings.seed)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=settings.rate, weight_decay=settings.decay
    )
    first = list(batches(lessons, rows, generator))
    total = settings.epochs * len(first)
    step = 0
    network.train()
    for epoch in range(settings.epochs):
        losses = []
        for place, texts in first if epoch == 0 else list(batches(lessons, rows, generator)):
            loss = loss_of(network, lessons[place], rows[place], texts, targets)
            rate = min((step + 1) / (settings.warm_up * total), (total - step) / total)
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * rate
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            with torch.no_grad():
                # Whole numbers cover -1 to 1.
                network.tokens.weight.clamp_(-1, 1)
            losses.append(float(loss.detach()))
            step += 1
        print(f"small network, epoch {epoch + 1}: loss {np.mean(losses):.3f}", flush=True)
    network.eval()


def batches(
    lessons: Sequence[Lesson], rows: Sequence[Sequence[Ints]], generator: np.random.Generator
) -> Iterator[tuple[int, Ints]]:
    """Batches of texts of similar length, in random order."""
    every = []
    for place, (lesson, texts) in enumerate(zip(lessons, rows, strict=True)):
        # Noise on the lengths mixes neighbours from epoch to epoch.
        lengths = np.asarray([len(text) for text in texts]) * generator.uniform(
            0.85, 1.15, len(texts)
        )
        order = np.argsort(lengths, kind="stable")
        every += [
            (place, order[at : at + lesson.batch]) for at in range(0, len(order), lesson.batch)
        ]
    return (every[n] for n in generator.permutation(len(every)))


def padded(rows: Sequence[Ints], texts: Ints, blank: int) -> tuple[Tensor, Tensor]:
    """Rows of tokens of several texts at one length, and where they are real."""
    own = [rows[text] if len(rows[text]) else np.asarray([blank]) for text in texts]
    ids = nn.utils.rnn.pad_sequence(
        [torch.from_numpy(text) for text in own], batch_first=True, padding_value=blank
    )
    lengths = torch.tensor([len(text) for text in own])
    return ids, (torch.arange(ids.shape[1])[None, :] < lengths[:, None]).float()


def loss_of(
    network: Filters,
    lesson: Lesson,
    rows: Sequence[Ints],
    texts: Ints,
    targets: Sequence[Target],
) -> Tensor:
    """Loss of a batch over all questions that its texts answer."""
    blank = len(network.tokens.weight) - 1
    ids, mask = padded(rows, texts, blank)
    ids = ids.masked_fill(torch.rand(ids.shape) < network.settings.token_dropout, blank)
    columns = network(ids, mask)
    vectors = torch.from_numpy(lesson.vectors[texts])
    loss = torch.zeros(())
    for target in targets:
        name = target.name
        if name not in lesson.values or not lesson.weights[name][texts].any():
            continue
        values = torch.from_numpy(lesson.values[name][texts])
        weights = torch.from_numpy(lesson.weights[name][texts])
        features = torch.from_numpy(lesson.features[name][texts])
        logits = network.logits(name, columns, vectors, features)
        if target.one_of:
            cost = -(values * functional.log_softmax(logits, 1)).sum(1) * weights.amax(1)
        else:
            cost = functional.binary_cross_entropy_with_logits(logits, values, reduction="none")
            cost = (cost * weights).sum(1)
        loss = loss + cost.mean()
    return loss


def write_small_network(
    network: Filters,
    known: Ints,
    lessons: Sequence[Lesson],
    rows: Sequence[Sequence[Ints]],
    folder: Path,
    facts: Mapping[str, Any],
) -> None:
    """Write weights as whole numbers, facts and card; the same network gives the same bytes."""
    spread = column_spread(network, rows)
    tensors: dict[str, npt.NDArray[Any]] = {
        TOKENS: whole(network.tokens.weight.detach()[:-1] * MOST),
        IDS: known.astype(np.int32),
    }
    first = 0
    for reach, filters in zip(REACHES, network.filters, strict=True):
        # (filters, width, reach) as (reach * width, filters)
        weight = filters.weight.detach().permute(2, 1, 0).flatten(0, 1)
        unit = weight.abs().amax(0) / MOST
        names = filter_names(reach)
        tensors[names[0]] = whole(weight / unit)
        tensors[names[1]] = (filters.bias.detach() / unit * MOST).round().numpy().astype(np.int32)
        own = spread[first : first + len(unit)]
        factors = ANSWER_SIZE * unit / MOST / own
        tensors[names[2]] = factors.numpy().astype(np.float32)
        first += len(unit)
    folder.mkdir(parents=True, exist_ok=True)
    weights, about = (folder / name for name in LABEL_FILES)
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, weights)
    weights.chmod(0o644)
    content = {**facts, "settings": asdict(network.settings), "tokens": len(known)}
    about.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_checksums(folder, LABEL_FILES)
    write_small_network_card(folder, content, weights.stat().st_size)


def whole(numbers: Tensor) -> npt.NDArray[np.int8]:
    """Numbers from -127 to 127 as bytes."""
    return numbers.round().clamp(-MOST, MOST).numpy().astype(np.int8)


def column_spread(network: Filters, rows: Sequence[Sequence[Ints]]) -> Tensor:
    """Standard deviation of each filter's largest answer over texts of the first lesson."""
    blank = len(network.tokens.weight) - 1
    parts = []
    with torch.no_grad():
        for at in range(0, min(len(rows[0]), 4096), 256):
            texts = np.arange(at, min(len(rows[0]), at + 256))
            parts.append(network(*padded(rows[0], texts, blank)))
    columns, first, kept = torch.cat(parts), 0, []
    for count in network.settings.filters:
        kept.append(columns[:, first : first + count])
        first += 2 * count
    return torch.cat(kept, 1).std(0).clamp_min(1e-6)
