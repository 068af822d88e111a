"""Loads the encoder and the annotator that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.config import Settings
from lif_nlp.framework import Framework
from lif_nlp.optional_imports import import_spacy_without_torch
from lif_nlp.protocols import Encode, Encoder

if TYPE_CHECKING:
    from lif_nlp.annotate import Annotator

ENCODER_OF_PROFILE = {"accurate": "minilm", "fast": "static"}
"""Encoder for each profile, unless `Settings.encoder` names another."""


def encoder_name(settings: Settings) -> str:
    """Name or path of the encoder that the settings ask for."""
    return settings.encoder or ENCODER_OF_PROFILE[settings.profile]


def load_encoder_of(settings: Settings) -> Encoder:
    """The encoder that the settings ask for; raises LifError for an unknown one."""
    from lif_nlp.embed import load_encoder

    return load_encoder(encoder_name(settings))


def make_annotator(framework: Framework, encode: Encode, spacy_model: str) -> Annotator:
    """An annotator with the models that ship with lif_nlp.

    Parameters
    ----------
    framework
        The partnership's framework.
    encode
        Texts to vectors; with a `DeepEncoder`, its deep rows.
    spacy_model
        Name of a spaCy pipeline for sentences, or "" for our own rules.  Only the rules
        can do without torch, which is then not imported.
    """
    if not spacy_model:
        import_spacy_without_torch()
    from lif_nlp.annotate import Annotator

    return Annotator(framework, encode=encode, spacy_model=spacy_model, models=MODELS)
