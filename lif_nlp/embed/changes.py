"""The trained part of the network: changes to MiniLM's weights, and the matrix of likeness.

The folder `models/network` holds `model.safetensors`, in half precision: for the linear maps of
the encoder's upper layers what is added to their weights on loading, and `likeness`, which turns
the layers' means into a vector near MiniLM's own.  Merged, the network costs no more than MiniLM
alone, and one pass serves labels and likeness.  `models/status-network` holds changes of its own,
each as the product of two narrow matrices, for what became of recommendations.
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
"""Linear maps of a layer whose weights may change, by their names in `bert.Layer`."""

LIKENESS = "likeness"
"""Name of the matrix of shape (dim, 2 * dim) from the means of last and middle layer."""


LEFT, RIGHT = ".left", ".right"
"""Ends of the names of two narrow matrices whose product is a change."""


def change_name(layer: int, linear: str) -> str:
    """Name of the tensor that is added to the weights of one linear map of a layer."""
    return f"layer.{layer}.{linear}"


def check_changes(folder: Path = FOLDER) -> None:
    """Return if the network's file is present and unaltered; else raise ModelError."""
    check_model(folder, LABEL_FILES, remedy=f"{REINSTALL}, or use the profile 'fast'")


def read_changes(folder: Path = FOLDER) -> dict[str, Tensor]:
    """The tensors of a network in single precision; raises ModelError for an altered file."""
    from safetensors.torch import load_file

    check_changes(folder)
    # Half precision saves half of the download; the sums are made in single precision.
    tensors = {name: tensor.float() for name, tensor in load_file(folder / LABEL_FILES[0]).items()}
    narrow_names = [name for name in tensors if name.endswith(LEFT)]
    for name in narrow_names:
        whole = name.removesuffix(LEFT)
        tensors[whole] = tensors.pop(name) @ tensors.pop(whole + RIGHT)
    return tensors


def change_of(changes: Mapping[str, Tensor], layer: int, linear: str) -> Tensor | None:
    """What is added to the weights of one linear map of a layer, or None."""
    return changes.get(change_name(layer, linear))
