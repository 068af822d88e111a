"""The trained part of the network: adapters of low rank, and the matrix that gives likeness.

The folder `models/network` holds `model.safetensors`, in half precision: for some linear maps
of the encoder two thin matrices, whose product is added to the map's weights on loading, and
`likeness`, which turns the layers' means into a vector near MiniLM's own.  Merged, the network
costs no more than MiniLM alone, and one pass serves labels and likeness.

Adapters are those of Hu et al., "LoRA" (ICLR 2022), https://arxiv.org/abs/2106.09685.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.model_files import LABEL_FILES, NETWORK, REINSTALL, check_model

if TYPE_CHECKING:
    from torch import Tensor

FOLDER = MODELS / NETWORK

MAPS = ("query_key_value", "attention_output", "intermediate", "output")
"""Linear maps of a layer that may have an adapter, by their names in `bert.Layer`."""

LIKENESS = "likeness"
"""Name of the matrix of shape (dim, 2 * dim) from the means of last and middle layer."""


def check_adapters(folder: Path = FOLDER) -> None:
    """Return if the adapters are present and unaltered; else raise ModelError."""
    check_model(folder, LABEL_FILES, remedy=f"{REINSTALL}, or use the profile 'fast'")


def read_adapters(folder: Path = FOLDER) -> dict[str, Tensor]:
    """The tensors of a network in single precision; raises ModelError for an altered file."""
    from safetensors.torch import load_file

    check_adapters(folder)
    return {name: tensor.float() for name, tensor in load_file(folder / LABEL_FILES[0]).items()}


def adapter_of(adapters: Mapping[str, Tensor], layer: int, linear: str) -> Tensor | None:
    """What is added to the weights of one linear map of a layer, or None."""
    name = f"layer.{layer}.{linear}"
    if f"{name}.up" not in adapters:
        return None
    return adapters[f"{name}.up"] @ adapters[f"{name}.down"]
