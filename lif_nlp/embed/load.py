"""Which encoder a name stands for."""

from __future__ import annotations

from pathlib import Path

from lif_nlp.errors import UnknownNameError
from lif_nlp.protocols import Encoder

NAMES = ("minilm", "static", "hashed")


def load_encoder(name: str = "minilm") -> Encoder:
    """The encoder called `name`, ready to use and offline.

    `name` is "minilm" (default), "static", "hashed", or the folder of a
    sentence-transformers model.  Raises UnknownNameError for any other name,
    ModelError when a model's files are missing or are not the ones expected.

    >>> load_encoder("hashed").encode(["The plan drifted."]).shape
    (1, 512)
    """
    if name == "hashed":
        from lif_nlp.embed.hashed import HashedEncoder

        return HashedEncoder()
    if name == "static":
        from lif_nlp.embed.static import load_static

        return load_static()
    from lif_nlp.embed.minilm import load_folder, load_minilm

    if name == "minilm":
        return load_minilm()
    if Path(name).is_dir():
        return load_folder(Path(name))
    raise UnknownNameError("encoder", name, [*NAMES, "the folder of a model"])
