"""Loads an encoder by name."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.errors import UnknownNameError
from lif_nlp.ids import file_hash
from lif_nlp.model_files import STATIC_FILES
from lif_nlp.protocols import Encoder

ENCODER_NAMES = ("minilm", "static", "hashed")
"""The encoders that come with lif_nlp."""

SMALL_ENCODERS = ("static", "hashed")
"""Those that need no torch."""


def load_encoder(name: str = "minilm") -> Encoder:
    """The encoder called `name`, ready to use and offline.

    Each is imported only when asked for, because torch alone takes seconds to load.

    Parameters
    ----------
    name
        "minilm", "static", "hashed", or the path of a folder with a sentence-transformers
        model. A built-in name wins over a folder of the same name.

    Raises
    ------
    UnknownNameError
        For any other name.
    ModelError
        When a model's files are missing or are not the expected ones.

    >>> load_encoder("hashed").encode(["The plan drifted."]).shape
    (1, 512)
    """
    check_encoder_name(name)
    if name == "hashed":
        from lif_nlp.embed.hashed import HashedEncoder

        return HashedEncoder()
    if name == "static":
        from lif_nlp.embed.static import load_static

        return load_static()
    from lif_nlp.embed.minilm import load_folder, load_minilm

    if name == "minilm":
        return load_minilm()
    return load_folder(Path(name))


def check_encoder_name(name: str) -> None:
    """Raise UnknownNameError for what is neither a shipped encoder nor a folder."""
    if name not in ENCODER_NAMES and not Path(name).is_dir():
        raise UnknownNameError("encoder", name, [*ENCODER_NAMES, "the folder of a model"])


def check_encoder(name: str) -> None:
    """Return if the files of a shipped encoder are present and unaltered, without loading it.

    Raises ModelError otherwise.  A user's own model has no known hash and is not checked.
    """
    if name == "static":
        from lif_nlp.embed.small_network import check_small_network
        from lif_nlp.embed.static import FOLDER, check_static

        check_static(FOLDER)
        check_small_network()
    elif name == "minilm":
        from lif_nlp.embed.changes import check_changes
        from lif_nlp.embed.minilm import WEIGHTS_SHA256, check_weights, find_package_model

        check_changes()
        check_weights(find_package_model() / "model.safetensors", WEIGHTS_SHA256)


def weights_revision(name: str) -> str:
    """Return what an encoder's `revision` begins with, without loading it.

    That is the first 12 digits of the SHA-256 of its weights; "" for "hashed", which has
    none, and for a name that `load_encoder` refuses.
    """
    if name == "static":
        from lif_nlp.embed.static import FOLDER

        return file_hash(FOLDER / STATIC_FILES[0])[:12]
    if name == "minilm":
        from lif_nlp.embed.minilm import revision_of

        return revision_of()
    # Sorted as in `load_folder`: the order of a folder's files differs between systems.
    weights = sorted(Path(name).glob("**/*.safetensors")) if Path(name).is_dir() else []
    return file_hash(weights[0])[:12] if weights else ""
