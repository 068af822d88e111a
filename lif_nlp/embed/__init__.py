"""Sentence encoders: texts in, float32 vectors of unit length out, shape (n, dim).

`load_encoder` offers "minilm" (the packaged model, checked by its hash), "static" (small,
needs no torch), "hashed" (for tests), and any folder with a sentence-transformers model.
No encoder uses the network.
"""

from __future__ import annotations

from lif_nlp.embed.load import (
    ENCODER_NAMES,
    SMALL_ENCODERS,
    check_encoder,
    check_encoder_name,
    load_encoder,
    weights_revision,
)

__all__ = [
    "ENCODER_NAMES",
    "SMALL_ENCODERS",
    "check_encoder",
    "check_encoder_name",
    "load_encoder",
    "weights_revision",
]
