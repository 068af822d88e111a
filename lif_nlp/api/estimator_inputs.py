"""Checks of what estimators are given: texts, encoders and spaCy pipelines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.protocols import Encoder

if TYPE_CHECKING:
    from spacy.language import Language


def checked(texts: Iterable[str]) -> tuple[pd.Index[Any], list[str]]:
    """Index and texts; raises LifError for one lone text, or for what is no text.

    >>> checked(["a", "b"])[1]
    ['a', 'b']
    """
    if isinstance(texts, str):
        raise LifError("one text was given where a list of texts is needed; write [text]")
    if getattr(texts, "ndim", 1) != 1:
        raise LifError(
            "a table was given where a list of texts is needed; give one column, such as "
            "frame['text'], and in a ColumnTransformer name the column without brackets"
        )
    index = texts.index if isinstance(texts, pd.Series) else None
    words = list(texts)
    for place, text in enumerate(words):
        if not isinstance(text, str):
            raise LifError(
                f"entry {place} (counted from 0) is {type(text).__name__}, not a text; "
                "give a list of texts, and drop empty cells first (dropna)"
            )
    # numpy's texts are a kind of str that parsers written in C refuse
    plain = [str(text) for text in words]
    return (pd.RangeIndex(len(plain)) if index is None else index), plain


def as_encoder(given: object) -> Encoder | None:
    """An encoder from an object: one of our own kind, or a SentenceTransformer.

    A name gives None, since settings say which that is.  Raises LifError for anything else.
    """
    if isinstance(given, str):
        return None
    # By what it can do: sentence-transformers and spaCy need not be imported to tell.
    if all(hasattr(given, name) for name in ("encode", "dim", "name", "revision")):
        return cast("Encoder", given)
    if hasattr(given, "encode") and hasattr(given, "max_seq_length"):
        from lif_nlp.embed.sentence import SentenceEncoder

        return SentenceEncoder(cast("Any", given), name="given", revision="given")
    raise LifError(
        f"encoder is a {type(given).__name__}; give a name, the folder of a model, a "
        "SentenceTransformer, or an object with encode, dim, name and revision"
    )


def as_pipeline(given: object) -> Language | None:
    """A spaCy pipeline from an object, None from a name; raises LifError for anything else."""
    if isinstance(given, str):
        return None
    if all(hasattr(given, name) for name in ("pipe_names", "to_bytes", "vocab")):
        return cast("Language", given)
    raise LifError(
        f"spacy_model is a {type(given).__name__}; give the name of an installed spaCy pipeline, "
        "or the pipeline that spacy.load returns"
    )
