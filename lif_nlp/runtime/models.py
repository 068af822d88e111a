"""Loads the encoder and the annotator that the settings ask for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.config import Settings
from lif_nlp.framework import Framework
from lif_nlp.model_files import LABEL_FILES, LABEL_MODELS, OR_RULES_ONLY, check_model
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


def check_models(settings: Settings) -> None:
    """Return if all models that labelling needs are present and unaltered.

    It takes 0.2 s at most, so commands call it before they write anything.  A successful
    check is not repeated in the same process.

    Raises
    ------
    ModelError
        If a file of the encoder or, unless `rules_only` is set, of any label model is
        missing or was altered.
    """
    _check_models(encoder_name(settings), settings.rules_only)


@cache
def _check_models(encoder: str, rules_only: bool) -> None:
    from lif_nlp.embed import check_encoder

    check_encoder(encoder)
    if not rules_only:
        for folder in LABEL_MODELS:
            check_model(MODELS / folder, LABEL_FILES, remedy=OR_RULES_ONLY)


def make_annotator(framework: Framework, encode: Encode, settings: Settings) -> Annotator:
    """An annotator with the models that ship with lif_nlp.

    Parameters
    ----------
    framework
        The partnership's framework.
    encode
        Texts to vectors; with a `DeepEncoder`, its deep rows.
    settings
        `spacy_model` names a spaCy pipeline for sentences, or "" for our own rules.  Only
        the rules can do without torch, which is then not imported.  `rules_only` leaves
        the trained models out.

    Raises
    ------
    ModelError
        If a model is missing or was altered.
    """
    if not settings.spacy_model:
        import_spacy_without_torch()
    from lif_nlp.annotate import Annotator

    return Annotator(
        framework,
        encode=encode,
        spacy_model=settings.spacy_model,
        models=MODELS,
        rules_only=settings.rules_only,
    )
