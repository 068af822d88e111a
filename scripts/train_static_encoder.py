"""Train the static encoder in models/static on sentences of your own field.

    python scripts/train_static_encoder.py SENTENCES.jsonl [--out models/static] [--cache DIR]

SENTENCES.jsonl holds lines {"doc": str, "text": str}, without boilerplate.  Every tenth
document, by hash, is held out; the card compares both encoders on those only.  Token
vectors begin as MiniLM's own for each token, reduced by PCA, and are trained so that
their weighted sum gives MiniLM's sentence vectors and the similarities among them.
Pairs of neighbouring tokens that stand in many documents get a vector too.  Needs torch;
about five minutes on two cores for 25,000 sentences, most of it MiniLM's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np

from lif_nlp.embed import load_encoder
from lif_nlp.embed.minilm import find_package_model
from lif_nlp.embed.static import load_static
from lif_nlp.embed.vectors import unit_rows
from lif_nlp.model_files import STATIC_FILES, write_checksums

DIM = 256
PAIRS = 12_000
FEWEST_DOCUMENTS = 10  # A pair of words in fewer documents could tell of one case.
EPOCHS = 14
BATCH = 512
SEED = 7

CARD = """\
# Static encoder

Gives a sentence a vector of 256 numbers without torch: the sum of the vectors of its
word pieces and of pairs of neighbouring pieces, scaled to unit length.

- **For** themes, near-duplicates and search on large collections or small machines
  (`--profile fast`). **Not for** texts outside safeguarding, or where word order decides.
- **Made by** `scripts/train_static_encoder.py`: token vectors of all-MiniLM-L6-v2
  (Apache-2.0), reduced to 256 directions, then trained on public English inspection
  letters, coroners' reports and child fatality summaries to give MiniLM's sentence
  vectors, similarities and order of neighbours. Only a pair that occurs in at least
  ten documents has a vector; no text is stored.
- **Files** `vectors.safetensors` (8-bit rows with a factor each), `tokenizer.json`
  (MiniLM's), {megabytes} MB together; `SHA256SUMS` of both, checked before they are used.

Against MiniLM on {held_out_sentences} sentences of documents it was not trained on:

| figure | value |
|---|---|
| rank correlation of similarities with MiniLM's | {rank_correlation} |
| share of MiniLM's ten nearest sentences found | {shared_10_nearest} |
| sentences a second when the card was written | {sentences_per_second} |
"""


def main() -> None:
    """Read sentences, train, write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models/static"))
    parser.add_argument("--cache", type=Path, default=Path("build/static"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    args.cache.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in args.sentences.read_text("utf-8").splitlines()]
    held = np.array([is_held_out(row["doc"]) for row in rows])
    texts = [row["text"] for row in rows]
    teacher = cached(args.cache / "sentences.npy", texts)
    tokenizer = load_tokenizer()
    kept = [row for row, out in zip(rows, held, strict=True) if not out]
    pairs = common_pairs(tokenizer, kept)
    phrases = [tokenizer.decode(list(pair)) for pair in pairs]
    phrase_vectors = cached(args.cache / f"phrases-{len(pairs)}.npy", phrases)
    ids, base = token_vectors(tokenizer, args.cache)
    train_texts = [row["text"] for row in kept] + phrases
    train_vectors = np.concatenate([teacher[~held], phrase_vectors])
    to_dim = projection(teacher[~held])
    vectors = fit(
        feature_lists(tokenizer, train_texts, ids, pairs),
        train_vectors @ to_dim,
        start=np.concatenate([base @ to_dim, 0.02 * (phrase_vectors @ to_dim)]),
        targets_full=train_vectors,
    )
    save(args.out, vectors, ids, pairs)
    write_card(args.out, [t for t, h in zip(texts, held, strict=True) if h], teacher[held])


def is_held_out(doc: str) -> bool:
    """Whether a document is kept for the comparison."""
    return hashlib.sha256(doc.encode()).digest()[0] < 26


def cached(path: Path, texts: list[str]) -> np.ndarray:
    """MiniLM's vectors of `texts`, made once."""
    if path.is_file():
        stored = np.load(path)
        if len(stored) == len(texts):
            return stored
    vectors = load_encoder("minilm").encode(texts)
    np.save(path, vectors)
    return vectors


def load_tokenizer():  # noqa: ANN201
    """MiniLM's own WordPiece tokenizer, without padding or cutting."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(find_package_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def token_vectors(tokenizer, cache: Path) -> tuple[np.ndarray, np.ndarray]:  # noqa: ANN001
    """Ids of the Latin tokens, and MiniLM's vector for each on its own, (v, 384)."""
    names = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    latin = [(n, i) for n, i in names if n.isascii() and not n.startswith("[")]
    return (
        np.array([i for _, i in latin], dtype=np.int32),
        cached(cache / "tokens.npy", [n.removeprefix("##") for n, _ in latin]),
    )


def common_pairs(tokenizer, rows: list[dict]) -> list[tuple[int, int]]:  # noqa: ANN001
    """Pairs of neighbouring tokens in the most sentences, from enough documents."""
    count: Counter[tuple[int, int]] = Counter()
    documents: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in rows:
        found = tokenizer.encode(row["text"], add_special_tokens=False).ids
        for pair in set(pairwise(found)):
            count[pair] += 1
            if len(documents[pair]) < FEWEST_DOCUMENTS:
                documents[pair].add(row["doc"])
    wide = [p for p, _ in count.most_common() if len(documents[p]) >= FEWEST_DOCUMENTS]
    words = [p for p in wide if all(tokenizer.id_to_token(i)[-1].isalpha() for i in p)]
    return sorted(words[:PAIRS])


def feature_lists(tokenizer, texts, ids, pairs) -> list[np.ndarray]:  # noqa: ANN001
    """Rows of the vector table that each text sums."""
    row_of = {int(token): row for row, token in enumerate(ids)}
    pair_row = {pair: len(ids) + row for row, pair in enumerate(pairs)}
    lists = []
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        found = encoding.ids
        rows = [row_of[i] for i in found if i in row_of]
        rows += [pair_row[p] for p in pairwise(found) if p in pair_row]
        lists.append(np.array(rows or [0], dtype=np.int64))
    return lists


def projection(vectors: np.ndarray) -> np.ndarray:
    """The DIM directions that hold most of the sentences' spread, (384, DIM).

    Not centred: cosines are about the origin.
    """
    _, _, directions = np.linalg.svd(vectors.T @ vectors)
    return np.ascontiguousarray(directions[:DIM].T)


def fit(features, targets, start, targets_full) -> np.ndarray:  # noqa: ANN001
    """Token vectors whose sums lie where MiniLM puts the sentences, (rows, DIM)."""
    import torch

    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    seen = Counter(int(i) for rows in features for i in rows)
    total = sum(seen.values())
    # Frequent tokens say little: weight a / (a + p), as in SIF, then learn the weight.
    weight = np.array([1e-3 / (1e-3 + seen.get(i, 0) / total) for i in range(len(start))])
    table = torch.nn.Parameter(torch.tensor(start, dtype=torch.float32))
    scale = torch.nn.Parameter(torch.tensor(np.log(weight), dtype=torch.float32))
    goal = torch.tensor(unit_rows(targets))
    full = torch.tensor(targets_full)
    optimiser = torch.optim.Adam([{"params": table, "lr": 4e-3}, {"params": scale, "lr": 3e-2}])
    steps = EPOCHS * (len(features) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=[4e-3, 3e-2], total_steps=steps, pct_start=0.1
    )
    for _ in range(EPOCHS):
        order = rng.permutation(len(features))
        for at in range(0, len(order) - BATCH + 1, BATCH):
            rows = order[at : at + BATCH]
            lists = [drop_some(features[i], rng) for i in rows]
            index = torch.tensor(np.concatenate(lists))
            offsets = torch.tensor(np.cumsum([0, *(len(one) for one in lists[:-1])]))
            summed = torch.nn.functional.embedding_bag(
                index, table, offsets, mode="sum", per_sample_weights=scale.exp()[index]
            )
            made = torch.nn.functional.normalize(summed)
            wanted, alike = goal[rows], full[rows] @ full[rows].T
            near = 1 - (made * wanted).sum(1).mean()
            same = ((made @ made.T - alike) ** 2).mean()
            ranked = ranking_loss(made @ made.T, alike)
            loss = near + 10 * same + 0.3 * ranked
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    with torch.no_grad():
        return (table * scale.exp()[:, None]).numpy()


def ranking_loss(made, alike):  # noqa: ANN001, ANN201
    """How far each sentence's order of neighbours is from MiniLM's."""
    import torch

    hide = torch.eye(len(made), dtype=torch.bool)
    wanted = torch.softmax((alike / 0.05).masked_fill(hide, -1e4), dim=1)
    got = torch.log_softmax((made / 0.05).masked_fill(hide, -1e4), dim=1)
    return -(wanted * got).sum(1).mean()


def drop_some(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A tenth of the tokens left out, so that no sentence hangs on one of them."""
    kept = rows[rng.random(len(rows)) > 0.1]
    return kept if len(kept) else rows


def save(out: Path, vectors: np.ndarray, ids: np.ndarray, pairs: list[tuple[int, int]]) -> None:
    """Eight-bit rows with a scale each, the token ids, and the tokenizer beside them."""
    from safetensors.numpy import save_file

    scales = np.abs(vectors).max(axis=1, keepdims=True) / 127
    stored = {
        "tokens": np.round(vectors / np.maximum(scales, 1e-12)).astype(np.int8),
        "scales": scales[:, 0].astype(np.float32),
        "ids": ids,
        "pairs": np.array(pairs, dtype=np.int32).reshape(-1, 2),
    }
    save_file(stored, out / "vectors.safetensors")
    tokenizer = load_tokenizer()
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    write_checksums(out, STATIC_FILES)


def write_card(out: Path, texts: list[str], teacher: np.ndarray) -> None:
    """The comparison on held-out documents, as README.md beside the model."""
    from scipy.stats import spearmanr

    encoder = load_static(out, network=None)
    started = time.perf_counter()
    mine = encoder.encode(texts)
    rate = len(texts) / (time.perf_counter() - started)
    rows = np.random.default_rng(SEED).permutation(len(texts))[:2000]
    a, b = teacher[rows] @ teacher[rows].T, mine[rows] @ mine[rows].T
    upper = np.triu_indices(len(rows), 1)
    correlation = spearmanr(a[upper], b[upper]).statistic
    np.fill_diagonal(a, -1)
    np.fill_diagonal(b, -1)
    near = [np.argsort(-s, axis=1)[:, :10] for s in (a, b)]
    shared = np.mean([len(set(x) & set(y)) / 10 for x, y in zip(*near, strict=True)])
    size = sum(f.stat().st_size for f in out.glob("*") if f.suffix != ".md") / 1e6
    figures = {
        "rank_correlation": round(float(correlation), 3),
        "shared_10_nearest": round(float(shared), 3),
        "sentences_per_second": round(rate),
        "megabytes": round(size, 1),
        "held_out_sentences": len(rows),
    }
    print(json.dumps(figures))
    (out / "README.md").write_text(CARD.format(**figures), "utf-8")


if __name__ == "__main__":
    main()
