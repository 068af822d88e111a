"""annotate: a Document in, Findings out, each with the words that earned its labels.

One spaCy pipeline asks every sentence, bullet and table row the same questions,
one component per question (see `pipeline.py`).  Docs do not leave the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.annotate.annotator import Annotator
    from lif_nlp.annotate.recommend import recommendations

__all__ = ["Annotator", "recommendations"]


def __getattr__(name: str) -> object:
    if name == "Annotator":
        from lif_nlp.annotate.annotator import Annotator

        return Annotator
    if name == "recommendations":
        from lif_nlp.annotate.recommend import recommendations

        return recommendations
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
