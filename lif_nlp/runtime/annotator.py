"""The one way in which the corridor makes an annotator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lif_nlp.framework import Framework
from lif_nlp.optional_imports import spacy_alone
from lif_nlp.protocols import Encode

if TYPE_CHECKING:
    from lif_nlp.annotate import Annotator


def make_annotator(framework: Framework, encode: Encode, spacy_model: str) -> Annotator:
    """An annotator with the shipped models; spaCy comes without torch where it may."""
    if not spacy_model:
        spacy_alone()
    from lif_nlp.about import MODELS
    from lif_nlp.annotate import Annotator

    return Annotator(framework, encode=encode, spacy_model=spacy_model, models=MODELS)
