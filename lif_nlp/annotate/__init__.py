"""annotate: a Document in, Findings out, each with the words that earned its labels.

One spaCy pipeline asks every sentence, bullet and table row the same questions,
one component per question (see `pipeline.py`).  Docs do not leave the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.annotate.annotator import Annotator

__all__ = ["Annotator"]


def __getattr__(name: str) -> object:
    if name == "Annotator":
        from lif_nlp.annotate.annotator import Annotator

        return Annotator
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
