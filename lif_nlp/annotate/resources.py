"""What the components of one pipeline share: the framework, an encoder, models.

spaCy settings must be plain data, so a framework object cannot travel in them;
it is kept beside the pipeline instead, and goes when the pipeline goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from spacy.language import Language

from lif_nlp.annotate.models.linear import LinearModel, find_model
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Encode


@dataclass(frozen=True, slots=True)
class Resources:
    """What every component may use.

    `encode` is None without an encoder, `models` is None where rules alone were asked for.
    """

    framework: Framework
    encode: Encode | None = None
    models: Path | None = None

    def model(self, name: str) -> LinearModel | None:
        """The trained model for the label `name`, or None where rules alone were asked for.

        Raises ModelError where the model is missing or altered.
        """
        if self.models is None:
            return None
        return find_model(self.models, name, encode=self.encode)


_kept: WeakKeyDictionary[Language, Resources] = WeakKeyDictionary()


def keep(nlp: Language, resources: Resources) -> None:
    """Lay `resources` beside the pipeline, before its components are added."""
    _kept[nlp] = resources


def resources_of(nlp: Language) -> Resources:
    """The resources of this pipeline; raises KeyError where none were kept."""
    return _kept[nlp]
