"""What the components of one pipeline share: the framework, an encoder, models.

spaCy settings must be plain data, so a framework object cannot travel in them;
it is kept beside the pipeline instead, and goes when the pipeline goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from spacy.language import Language

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Encode


@dataclass(frozen=True, slots=True)
class Resources:
    """Framework, encoder (or None) and folder of models (or None)."""

    framework: Framework
    encode: Encode | None = None
    models: Path | None = None


_kept: WeakKeyDictionary[Language, Resources] = WeakKeyDictionary()


def keep(nlp: Language, resources: Resources) -> None:
    """Lay `resources` beside the pipeline, before its components are added."""
    _kept[nlp] = resources


def resources_of(nlp: Language) -> Resources:
    """The resources of this pipeline; raises KeyError where none were kept."""
    return _kept[nlp]
