"""Texts become rows of numbers, so that near meaning is near in space.

An encoder takes texts and returns float32 rows of unit length, shape (n, dim), in the
order given.  `load_encoder` knows four makes: "minilm" (the packaged model, checked by
its hash), "static" (small, no torch), "hashed" (for tests) and a folder with a
sentence-transformers model of the user's own.  No encoder reaches the network.
"""

from __future__ import annotations

from lif_nlp.embed.load import load_encoder

__all__ = ["load_encoder"]
