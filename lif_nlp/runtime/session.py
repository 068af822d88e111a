"""Holds what every stage of a run needs: store, settings, framework and encoder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lif_nlp import about
from lif_nlp.config import Settings, load_settings
from lif_nlp.framework import Framework, load_framework
from lif_nlp.model_files import finding_model_hashes
from lif_nlp.plugins import COMPONENT_GROUP, plugin_versions
from lif_nlp.runtime.cpu import set_passive_openmp
from lif_nlp.runtime.models import encoder_name, load_encoder_of
from lif_nlp.store import Store

if TYPE_CHECKING:
    from lif_nlp.protocols import Encoder
    from lif_nlp.store.vectors import StoredEncode


@dataclass
class Session:
    """An open workspace with its settings; encoder and framework are loaded when first used.

    Parameters
    ----------
    store
        The workspace's store.
    settings
        Settings of the run; by default those of the environment.
    """

    store: Store
    settings: Settings = field(default_factory=load_settings)

    def __post_init__(self) -> None:
        set_passive_openmp()

    @cached_property
    def framework(self) -> Framework:
        """The partnership's framework; raises FrameworkError when it is not valid."""
        return load_framework(self.settings.framework)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the settings name, else that of the profile."""
        return load_encoder_of(self.settings)

    @property
    def encoder_name(self) -> str:
        """Name or path of the encoder in use."""
        return encoder_name(self.settings)

    @property
    def encoder_revision(self) -> str:
        """Hash of the encoder's weights, known before it is loaded."""
        from lif_nlp.embed import weights_revision

        return weights_revision(self.encoder_name)

    @cached_property
    def framework_hash(self) -> str:
        """SHA-256 of the framework's content, wherever its file lies."""
        return _hash(repr(self.framework))

    @cached_property
    def encode(self) -> StoredEncode:
        """Texts to vectors, taken from the store where it has them."""
        return self.store.encode_with(self.encoder)

    @cached_property
    def annotation_key(self) -> str:
        """Key that changes when findings would: version, framework, encoder, models, plugins.

        What the framework holds for briefs alone changes no finding.
        """
        parts = [
            about.__version__,
            _hash(repr(self.framework.without_brief_texts())),
            self.encoder_name,
            self.encoder_revision,
            self.settings.spacy_model,
            "rules only" if self.settings.rules_only else json.dumps(finding_model_hashes()),
            # none for most, whose stored labels stay as they are
            *plugin_versions(COMPONENT_GROUP),
        ]
        return _hash("\n".join(parts))[:16]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
