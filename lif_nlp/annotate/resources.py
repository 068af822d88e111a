"""What the components of one pipeline share: the framework, an encoder and models.

spaCy settings must be plain data, so a framework object cannot be among them.  It is kept
in a table by pipeline instead, and is released with the pipeline.
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

    `encode` is None without an encoder; `models` is None if rules alone were asked for.
    """

    framework: Framework
    encode: Encode | None = None
    models: Path | None = None

    def model(self, name: str) -> LinearModel | None:
        """The trained model for the label `name`, or None if rules alone were asked for.

        Raises ModelError if the model is missing or was altered.
        """
        if self.models is None:
            return None
        return find_model(self.models, name, encode=self.encode)


_resources: WeakKeyDictionary[Language, Resources] = WeakKeyDictionary()


def share(nlp: Language, resources: Resources) -> None:
    """Give `resources` to the components of a pipeline, before they are added."""
    _resources[nlp] = resources


def resources_of(nlp: Language) -> Resources:
    """The resources of this pipeline; raises KeyError if none were shared."""
    return _resources[nlp]
