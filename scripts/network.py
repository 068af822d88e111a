"""Training of the network: changes to the weights of MiniLM's upper layers, and linear heads.

The lower layers stay as they are, so their output is computed once and kept in half precision.
The weights of each linear map of the upper layers change; weight decay works on the change, so
that the layers stay near MiniLM's own (Li et al., "L2-SP", ICML 2018,
https://arxiv.org/abs/1802.01483).  One head for each question reads the row that the encoder
gives at run time (see `lif_nlp.embed.packed`) and the features of rules and cues; features are
dropped at random, so that a head does not lean on them alone.  A further term of the loss keeps
the mean of the last layer near MiniLM's own vector.  What is kept is a running average of the
weights (Izmailov et al., UAI 2018, https://arxiv.org/abs/1803.05407).

Everything is drawn from seeded generators: the same texts, labels and settings give the same
weights on the same machine and library versions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from gold_texts import Labels
from model_card import write_network_card
from safetensors.torch import load_file, save_file
from scipy.stats import spearmanr
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from lif_nlp.annotate.training import LinearFit
from lif_nlp.embed.bert import Bert, Layer, Linear
from lif_nlp.embed.changes import LIKENESS, MAPS, change_name
from lif_nlp.embed.minilm import HEADS, WEIGHTS_SHA256, check_weights, find_package_model
from lif_nlp.embed.packed import ROW_PARTS
from lif_nlp.model_files import LABEL_FILES, write_checksums

LAYERS = 6
"""Layers of MiniLM."""

LIKENESS_TEXTS = 4500
"""Most texts of a set that the likeness matrix is fitted on, or measured on."""

LIKENESS_PENALTY = 0.3
"""Penalty of the ridge regression; chosen by judgement."""

HEADS_SCALE = 8.0
"""Factor of the rows before the heads.  Rows have unit length, and with a smaller factor the
heads learn more slowly than the layers; chosen by judgement."""


@dataclass(frozen=True)
class Round:
    """One round of training, with its own rise and fall of the learning rates."""

    epochs: int
    passage_share: float
    """Share of the passages that are read in an epoch; three times as long as sentences, they
    take most of the time."""
    seed: int
    rate: float
    """Highest learning rate of the layers; in the first two epochs 1.2e-4 was behind 3e-4 (role
    macro F1 0.762 against 0.777 on held-out documents, November 2026)."""
    heads_rate: float
    """Highest learning rate of the heads."""
    average: float
    """Part of the running average of the weights that stays at each step."""
    likeness: float
    """Weight of the term that keeps the mean of the last layer near MiniLM's vector."""
    warm_up: float = 0.06
    """Share of the steps in which the rates rise; they fall in the others."""


RESTORING = Round(
    1, 0.5, seed=6, rate=1.5e-4, heads_rate=5e-4, average=0.99, likeness=20.0, warm_up=0.1
)
"""A short round that brings likeness back."""


@dataclass(frozen=True)
class Settings:
    """Settings of a training run, chosen by judgement, November 2026, unless said otherwise.

    After the first round alone, the rank correlation with MiniLM's cosines was 0.954; the two
    short ones bring it to 0.97, at a price: on held-out documents the head of roles falls from
    0.792 to 0.784 (macro F1), that of themes from 0.582 to 0.566 (micro F1).
    """

    upper: int = 3
    """Layers that change, counted from the top; at most the three above the middle layer, which
    linear models read as MiniLM gives it.  All six, stored in bytes, learnt no better in four
    epochs and the two short rounds (highest rate 2.5e-4, 0.8 of it for each layer further down;
    8 minutes an epoch): on held-out documents role 0.81 for 0.80, why 0.68 for 0.65, hindsight
    0.83 for 0.84, themes 0.58 for 0.59 (macro F1), likeness 0.962 for 0.969; on three hands unread
    better in awareness and roles as reports, worse in domestic abuse (December 2026)."""
    rounds: tuple[Round, ...] = (
        Round(5, 0.8, seed=5, rate=3e-4, heads_rate=1e-3, average=0.998, likeness=3.0),
        RESTORING,
        replace(RESTORING, seed=7),
    )
    decay: float = 0.01
    """Weight decay."""
    sentences: int = 32
    passages: int = 16
    """Texts in a batch."""
    longest: int = 160
    """Tokens of a text that are read in training, special tokens included."""
    dropout: float = 0.1
    """Share of values that are dropped in the layers and before the heads."""
    feature_dropout: float = 0.3
    """Share of texts whose features of rules and cues are dropped as a whole."""

    def without_likeness(self) -> Settings:
        """These settings without the rounds that bring back likeness."""
        return replace(self, rounds=self.rounds[:1])


@dataclass(frozen=True)
class TrainingSet:
    """Texts of one length (sentences or passages) with labels and features.

    `features` holds for each question an array of shape (texts, columns).
    """

    texts: Sequence[str]
    labels: Sequence[Labels]
    features: Mapping[str, npt.NDArray[np.float32]]


@dataclass
class LowerStates:
    """Output of the lower layers, computed once.

    `states` holds one (tokens, dim) tensor in half precision for each text, `middle` and
    `vectors` the means of the middle layer and of the frozen last layer, of unit length.
    """

    states: list[Tensor]
    middle: Tensor
    vectors: Tensor

    @cached_property
    def lengths(self) -> list[int]:
        """Tokens of each text."""
        return [len(state) for state in self.states]


class Changed(nn.Module):
    """A linear map with frozen weights and bias, and a change to the weights that is trained."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.weight, self.bias = weight, bias
        self.change = nn.Parameter(torch.zeros_like(weight))

    def forward(self, rows: Tensor) -> Tensor:
        """The map of the changed weights."""
        return functional.linear(rows, self.weight + self.change, self.bias)


class UpperLayer(nn.Module):
    """One transformer layer over padded texts, as `Bert` computes it, with changed weights."""

    def __init__(self, layer: Layer, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query_key_value = Changed(*layer.query_key_value)
        self.attention_output = Changed(*layer.attention_output)
        self.intermediate = Changed(*layer.intermediate)
        self.output = Changed(*layer.output)
        self.attention_norm, self.output_norm = layer.attention_norm, layer.output_norm

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """The layer's output, shape (texts, tokens, dim); `mask` is True at real tokens."""
        texts, tokens, dim = state.shape
        parts = self.query_key_value(state).view(texts, tokens, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        # Written out, the way back takes half the time of torch's own function on a processor.
        likeness = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        shares = likeness.masked_fill(~mask[:, None, None, :], -torch.inf).softmax(-1)
        context = shares.to(value.dtype) @ value
        context = context.transpose(1, 2).reshape(texts, tokens, dim)
        state = self._added(state, self.attention_output(context), self.attention_norm)
        hidden = self.output(functional.gelu(self.intermediate(state)))
        return self._added(state, hidden, self.output_norm)

    def _added(self, state: Tensor, more: Tensor, norm: Linear) -> Tensor:
        more = functional.dropout(more.float(), self.dropout, self.training)
        return functional.layer_norm(state + more, (state.shape[-1],), *norm, 1e-12)


class Network(nn.Module):
    """The upper layers, whose weights change, and a head for each question."""

    def __init__(
        self, bert: Bert, columns: Mapping[str, tuple[int, int]], settings: Settings
    ) -> None:
        """`columns` holds for each question the number of features and of labels."""
        super().__init__()
        layers = bert.layers[-settings.upper :]
        self.settings = settings
        self.layers = nn.ModuleList(
            UpperLayer(layer, bert.heads, settings.dropout) for layer in layers
        )
        width = ROW_PARTS * bert.dim
        self.heads = nn.ModuleDict(
            {
                name: nn.Linear(width + features, labels)
                for name, (features, labels) in columns.items()
            }
        )
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)

    def rows(self, state: Tensor, mask: Tensor, middle: Tensor) -> tuple[Tensor, Tensor]:
        """Mean of the last layer, and the row that heads read."""
        # The precision of training only: encoder and figures work in single precision.
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            for layer in self.layers:
                state = layer(state, mask)
        last = _mean(state, mask)
        first = functional.normalize(state[:, 0], dim=1)
        return last, torch.cat([last, middle, first], 1)

    def logits(self, name: str, rows: Tensor, features: Tensor) -> Tensor:
        """Logits of one question."""
        rate = self.settings.dropout
        rows = functional.dropout(rows, rate, self.training) * HEADS_SCALE
        if self.training:
            kept = torch.rand(len(features), 1) >= self.settings.feature_dropout
            features = features * kept
        head: Tensor = self.heads[name](torch.cat([rows, features], 1))
        return head


def _mean(state: Tensor, mask: Tensor) -> Tensor:
    weight = mask.unsqueeze(2).to(state.dtype)
    return functional.normalize((state * weight).sum(1) / weight.sum(1), dim=1)


def compute_lower(
    bert: Bert, ids: Sequence[Sequence[int]], *, upper: int, longest: int
) -> LowerStates:
    """Output of the layers below those that change, and the means of middle and last layer."""
    states: list[Tensor] = [torch.empty(0)] * len(ids)
    means = torch.empty(2, len(ids), bert.dim)
    order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
    for start in range(0, len(order), 64):
        batch = order[start : start + 64]
        rows = [
            [*ids[n][: longest - 1], ids[n][-1]] if len(ids[n]) > longest else ids[n] for n in batch
        ]
        lower, middle, last = bert.split_states(rows, upper=upper)
        means[0, batch], means[1, batch] = middle, last
        pieces = torch.split(lower.half(), [len(row) for row in rows])
        for n, piece in zip(batch, pieces, strict=True):
            states[n] = piece.clone()
    return LowerStates(states, means[0], means[1])


def train_network(
    network: Network,
    sets: Sequence[TrainingSet],
    lower: Sequence[LowerStates],
    rows: Sequence[npt.NDArray[np.int_]],
    plan: Round,
) -> None:
    """One round of training on the texts `rows` of each set; in place, changes rounded."""
    settings = network.settings
    generator = np.random.default_rng(plan.seed)
    sizes, shares = (settings.sentences, settings.passages), (1.0, plan.passage_share)
    groups = [
        {"params": list(network.layers.parameters()), "lr": plan.rate},
        {"params": list(network.heads.parameters()), "lr": plan.heads_rate},
    ]
    parameters = list(network.parameters())
    optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay)
    first = _batches(rows, lower, sizes, shares, generator)
    total = plan.epochs * len(first)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate_at(step, total, plan.warm_up)
    )
    average = [parameter.detach().clone() for parameter in parameters]
    network.train()
    for epoch in range(plan.epochs):
        batches = first if epoch == 0 else _batches(rows, lower, sizes, shares, generator)
        losses = []
        for kind, texts in batches:
            loss = _loss(network, sets[kind], lower[kind], texts, plan.likeness)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
            with torch.no_grad():
                torch._foreach_lerp_(average, parameters, 1 - plan.average)
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.3f}", flush=True)
    with torch.no_grad():
        for parameter, kept in zip(parameters, average, strict=True):
            parameter.copy_(kept)
    round_changes(network)


def _rate_at(step: int, total: int, warm_up: float) -> float:
    """Factor of the learning rate: linear up, then linear down."""
    rise = max(1.0, warm_up * total)
    return min((step + 1) / rise, max(0.0, (total - step) / max(1.0, total - rise)))


def _batches(
    rows: Sequence[npt.NDArray[np.int_]],
    lower: Sequence[LowerStates],
    sizes: Sequence[int],
    shares: Sequence[float],
    generator: np.random.Generator,
) -> list[tuple[int, npt.NDArray[np.int_]]]:
    """Batches of texts of similar length, in random order."""
    batches = []
    for kind, (all_texts, size, share) in enumerate(zip(rows, sizes, shares, strict=True)):
        texts = np.sort(generator.permutation(all_texts)[: round(share * len(all_texts))])
        # Noise on the lengths mixes neighbours from epoch to epoch.
        lengths = np.asarray([lower[kind].lengths[n] for n in texts], float)
        lengths = lengths * generator.uniform(0.9, 1.1, len(texts))
        order = texts[np.argsort(lengths, kind="stable")]
        batches += [(kind, order[at : at + size]) for at in range(0, len(order), size)]
    return [batches[n] for n in generator.permutation(len(batches))]


def _padded(lower: LowerStates, texts: Sequence[int]) -> tuple[Tensor, Tensor]:
    states = [lower.states[n].float() for n in texts]
    state = nn.utils.rnn.pad_sequence(states, batch_first=True)
    lengths = torch.tensor([len(s) for s in states])
    return state, torch.arange(state.shape[1])[None, :] < lengths[:, None]


def _loss(
    network: Network,
    data: TrainingSet,
    lower: LowerStates,
    texts: npt.NDArray[np.int_],
    likeness: float,
) -> Tensor:
    state, mask = _padded(lower, texts.tolist())
    places = torch.from_numpy(texts)
    last, rows = network.rows(state, mask, lower.middle[places])
    own = lower.vectors[places]
    loss = likeness * (1 - (last * own).sum(1)).mean()
    for labels in data.labels:
        name = labels.target.name
        weights = torch.from_numpy(labels.weights[texts])
        used = weights.sum(1) > 0
        if not bool(used.any()):
            continue
        values = torch.from_numpy(labels.values[texts])[used]
        features = torch.from_numpy(data.features[name][texts])[used]
        logits = network.logits(name, rows[used], features)
        if labels.target.one_of:
            cost = functional.cross_entropy(logits, values, reduction="none", label_smoothing=0.0)
            loss = loss + (cost * weights[used].amax(1)).sum() / len(texts)
        else:
            cost = functional.binary_cross_entropy_with_logits(logits, values, reduction="none")
            loss = loss + (cost * weights[used]).sum() / len(texts)
    return loss


def predict(
    network: Network, data: TrainingSet, lower: LowerStates, texts: npt.NDArray[np.int_]
) -> dict[str, npt.NDArray[np.float32]]:
    """Logits of each question for the texts, in their order."""
    network.eval()
    order = texts[np.argsort([lower.lengths[n] for n in texts], kind="stable")]
    places = {int(n): at for at, n in enumerate(texts)}
    results = {
        labels.target.name: np.zeros((len(texts), len(labels.target.labels)), np.float32)
        for labels in data.labels
    }
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            middle = lower.middle[torch.from_numpy(batch)]
            _, rows = network.rows(*_padded(lower, batch.tolist()), middle)
            at = [places[int(n)] for n in batch]
            for name, result in results.items():
                features = torch.from_numpy(data.features[name][batch])
                result[at] = network.logits(name, rows, features).numpy()
    return results


@dataclass(frozen=True)
class Trained:
    """What is left of the training for the models that blend the heads with others.

    `heads` holds for each question the head over rows and features; for each set of texts,
    `logits` those of each question (filled for the test texts only), and `lower_rows` the
    frozen vector and the middle layer, shape (texts, 2 * dim).
    """

    heads: dict[str, LinearFit]
    logits: list[dict[str, npt.NDArray[np.float32]]]
    lower_rows: list[npt.NDArray[np.float32]]


def train_and_save(
    sets: Sequence[TrainingSet],
    *,
    train: Sequence[npt.NDArray[np.int_]],
    test: Sequence[npt.NDArray[np.int_]],
    folder: Path,
    facts: Mapping[str, Any],
    settings: Settings,
) -> Trained:
    """Train the network on the texts `train` of each set, and write it to `folder`."""
    # With several threads the order of sums, and so the weights, would depend on their number.
    torch.set_num_threads(1)
    bert, tokenizer = load_parts()
    lower = [
        compute_lower(
            bert,
            [encoding.ids for encoding in tokenizer.encode_batch(list(data.texts))],
            upper=settings.upper,
            longest=settings.longest,
        )
        for data in sets
    ]
    columns = {
        labels.target.name: (
            data.features[labels.target.name].shape[1],
            len(labels.target.labels),
        )
        for data in sets
        for labels in data.labels
    }
    torch.manual_seed(settings.rounds[0].seed)
    network = Network(bert, columns, settings)
    for number, plan in enumerate(settings.rounds):
        if number:  # the first seed has drawn the heads already
            torch.manual_seed(plan.seed)
        train_network(network, sets, lower, train, plan)
    return save_network(network, sets, lower, train, test, folder, facts)


def save_network(
    network: Network,
    sets: Sequence[TrainingSet],
    lower: Sequence[LowerStates],
    train: Sequence[npt.NDArray[np.int_]],
    test: Sequence[npt.NDArray[np.int_]],
    folder: Path,
    facts: Mapping[str, Any],
) -> Trained:
    """Write the changed weights and the likeness matrix, and give what the blended models need."""
    likeness, correlation = fit_likeness(network, lower, train, test)
    write_network(network, likeness, folder, {**facts, "rank_correlation": correlation})
    logits = []
    for data, states, texts in zip(sets, lower, test, strict=True):
        filled = {}
        for name, rows in predict(network, data, states, texts).items():
            filled[name] = np.zeros((len(data.texts), rows.shape[1]), np.float32)
            filled[name][texts] = rows
        logits.append(filled)
    heads = {
        name: LinearFit(head.weight.detach().numpy(), head.bias.detach().numpy())
        for name, head in network.heads.items()
    }
    rows = [torch.cat([states.vectors, states.middle], 1).numpy() for states in lower]
    return Trained(heads, logits, rows)


def load_parts() -> tuple[Bert, Tokenizer]:
    """The frozen MiniLM and its tokenizer."""
    folder = find_package_model()
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Bert(load_file(folder / "model.safetensors"), heads=HEADS), tokenizer


def round_changes(network: Network) -> None:
    """Round the changes to the half precision they are stored in, before figures are taken."""
    with torch.no_grad():
        for layer in network.layers:
            for parameter in layer.parameters():
                parameter.copy_(parameter.half().float())


def fit_likeness(
    network: Network,
    lower: Sequence[LowerStates],
    train: Sequence[npt.NDArray[np.int_]],
    test: Sequence[npt.NDArray[np.int_]],
) -> tuple[Tensor, float]:
    """The matrix from the means of last and middle layer to MiniLM's own vector.

    Ridge regression on training texts; the rank correlation of all cosines among test texts
    says how well the likeness of MiniLM is kept.
    """
    sample = [texts[:LIKENESS_TEXTS] for texts in train]
    inputs, own = _means(network, lower, sample)
    gram = inputs.T @ inputs + LIKENESS_PENALTY * torch.eye(inputs.shape[1])
    likeness = torch.linalg.solve(gram, inputs.T @ own).T.half().float()
    test_inputs, test_own = _means(network, lower, [texts[:LIKENESS_TEXTS] for texts in test])
    vectors = functional.normalize(test_inputs @ likeness.T, dim=1)
    places = torch.triu_indices(len(vectors), len(vectors), 1)
    ours, theirs = ((rows @ rows.T)[places[0], places[1]] for rows in (vectors, test_own))
    correlation = spearmanr(ours.numpy(), theirs.numpy()).statistic if len(vectors) > 2 else 1.0
    return likeness, round(float(correlation), 4)


def _means(
    network: Network, lower: Sequence[LowerStates], texts: Sequence[npt.NDArray[np.int_]]
) -> tuple[Tensor, Tensor]:
    """Means of last and middle layer under the network, and MiniLM's own vectors."""
    network.eval()
    inputs, own = [], []
    with torch.no_grad():
        for states, rows in zip(lower, texts, strict=True):
            by_length = rows[np.argsort([states.lengths[n] for n in rows], kind="stable")]
            for start in range(0, len(rows), 64):
                batch = by_length[start : start + 64]
                middle = states.middle[torch.from_numpy(batch)]
                last, _ = network.rows(*_padded(states, batch.tolist()), middle)
                inputs.append(torch.cat([last, middle], 1))
                own.append(states.vectors[torch.from_numpy(batch)])
    return torch.cat(inputs), torch.cat(own)


def write_network(
    network: Network, likeness: Tensor, folder: Path, facts: Mapping[str, Any]
) -> None:
    """Write changes, likeness matrix, facts and card; the same network gives the same bytes."""
    settings = network.settings
    first = LAYERS - settings.upper
    tensors = {LIKENESS: likeness.half()}
    for number, layer in enumerate(network.layers, start=first):
        for linear in MAPS:
            tensors[change_name(number, linear)] = getattr(layer, linear).change.detach().half()
    folder.mkdir(parents=True, exist_ok=True)
    weights, about = (folder / name for name in LABEL_FILES)
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, weights)
    weights.chmod(0o644)
    content = {**facts, "settings": asdict(settings), "base": WEIGHTS_SHA256}
    about.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_checksums(folder, LABEL_FILES)
    write_network_card(folder, content, weights.stat().st_size)
