"""The spaCy pipeline: a blank English tokeniser and one component per question.

How to add a component
    1. One module, one factory: `@Language.factory("lif_<name>", requires=[...],
       assigns=[...], default_config={...})` over a function `(nlp, name, ...)`
       that returns a callable `Doc -> Doc`.  Thresholds belong in the config.
    2. The factory takes the framework, the encoder and the folder of models from
       `resources_of(nlp)`; any of the last two may be None, and the rules must
       still work then.
    3. For each unit of `doc.sents` it calls `extensions.add_mark(unit, evidence,
       layer=..., code=..., score=..., by=..., note=...)`.  A mark of score >=
       `extensions.ACCEPT` becomes a label of the finding; a lower one is kept as
       evidence and goes to review.  Scores of labels not given may be put into
       `unit._.scores["layer:code"]`.
    4. Its name and module are added to `COMPONENTS` below, in running order.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from lif_nlp.annotate import extensions
from lif_nlp.annotate.resources import Resources, keep
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Encode

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = (
    ("lif_sentences", "sentences"),
    ("lif_vectors", "vectors"),
    ("lif_agencies", "agencies"),
    ("lif_voice", "voice"),
    ("lif_hindsight", "hindsight"),
    ("lif_reason", "reason"),
    ("lif_role", "role"),
    ("lif_priorities", "priorities"),
    ("lif_practice_themes", "practice_themes"),
)
"""Factory and module of each component, in running order."""


def build_pipeline(
    framework: Framework,
    *,
    encode: Encode | None = None,
    spacy_model: str = "",
    models: Path | None = None,
) -> Language:
    """A spaCy pipeline whose Docs come out with marks on every unit.

    `spacy_model` names an installed spaCy package to start from, for a user who
    has one; our components follow its own.
    """
    extensions.register()
    nlp = spacy.load(spacy_model) if spacy_model else spacy.blank("en")
    keep(nlp, Resources(framework, encode, models))
    for factory, module in COMPONENTS:
        importlib.import_module(f"lif_nlp.annotate.components.{module}")
        nlp.add_pipe(factory)
    return nlp
