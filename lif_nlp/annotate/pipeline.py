"""The spaCy pipeline: a blank English tokeniser and one component for each question.

How to add a component
    1. One module, one factory: `@Language.factory("lif_<name>", requires=[...],
       assigns=[...], default_config={...})` over a function `(nlp, name, ...)`
       that returns a callable `Doc -> Doc`.  Thresholds belong in the config.
    2. The factory takes the framework, the encoder and the trained models from
       `resources_of(nlp)`.  There may be no encoder, and no model where rules alone were
       asked for; the component must work by rules then.
    3. For each unit of `doc.sents` it calls `extensions.add_mark(unit, evidence,
       layer=..., code=..., score=..., by=..., note=...)`.  Evidence with a score of at
       least `extensions.ACCEPT` becomes a label of the finding; with a lower one it is
       kept and goes to review.  Scores of labels that are not given may be put into
       `unit._.scores["layer:code"]`.
    4. It is added to `COMPONENTS` below, in running order.  A package of your own offers
       it through the entry point group `lif_nlp.components` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate import extensions
from lif_nlp.annotate.components.actor import make_actor
from lif_nlp.annotate.components.agencies import make_agencies
from lif_nlp.annotate.components.frames import make_frames
from lif_nlp.annotate.components.hindsight import make_hindsight
from lif_nlp.annotate.components.judgement import make_judgement
from lif_nlp.annotate.components.practice_themes import make_practice_themes
from lif_nlp.annotate.components.priorities import make_priorities
from lif_nlp.annotate.components.reason import make_reason
from lif_nlp.annotate.components.role import make_role
from lif_nlp.annotate.components.sentences import make_sentences
from lif_nlp.annotate.components.vectors import make_vectors
from lif_nlp.annotate.components.voice import make_voice
from lif_nlp.annotate.resources import Resources, share
from lif_nlp.errors import ConfigError
from lif_nlp.framework.model import Framework
from lif_nlp.plugins import COMPONENT_GROUP, load_plugins
from lif_nlp.protocols import Encode


@dataclass(frozen=True, slots=True)
class Component:
    """A component: the name of its spaCy factory, the factory, and the question it answers."""

    name: str
    factory: Callable[..., Callable[[Doc], Doc]]
    question: str


COMPONENTS = (
    Component("lif_sentences", make_sentences, "Where does each unit begin and end?"),
    Component("lif_vectors", make_vectors, "Which vector does the encoder give it?"),
    Component("lif_agencies", make_agencies, "Which agencies does it name, and which act?"),
    Component("lif_voice", make_voice, "Does it report what a child or family said or felt?"),
    Component("lif_hindsight", make_hindsight, "Does it judge the past by its outcome?"),
    Component("lif_reason", make_reason, "Does it give a reason for how practice was?"),
    Component("lif_role", make_role, "Is it a strength, a problem, an action or context?"),
    Component("lif_judgement", make_judgement, "What do models add on hindsight and actors?"),
    Component("lif_actor", make_actor, "Whom is it about: a service, the family, the system?"),
    Component("lif_priorities", make_priorities, "Which priorities is it evidence on?"),
    Component("lif_practice_themes", make_practice_themes, "Which practice themes is it about?"),
    Component("lif_frames", make_frames, "What does each of its clauses claim?"),
)
"""In running order: later components read what earlier ones wrote."""

AFTER_ROLES = "lif_actor"
"""The first component that reads roles; in a report they are settled in context before it."""


def build_pipeline(
    framework: Framework,
    *,
    encode: Encode | None = None,
    spacy_model: str | Language = "",
    models: Path | None = None,
) -> Language:
    """A spaCy pipeline whose Docs come out with evidence and scores on every unit.

    Parameters
    ----------
    framework, encode
        As for `Annotator`.
    spacy_model
        Name of an installed spaCy package to start from, or a pipeline; our components follow
        its own.  A pipeline is copied, since its owner may go on using it.
    models
        Folder of trained models, or None to use rules alone.

    Raises
    ------
    ModelError
        If a model is missing or was altered.
    ConfigError
        If a component of another package is broken.
    """
    extensions.register()
    nlp = _start_from(spacy_model)
    share(nlp, Resources(framework, encode, models))
    for component in COMPONENTS:
        nlp.add_pipe(component.name)
    for name, factory in load_plugins(COMPONENT_GROUP).items():
        _add_plugin(nlp, name, factory)
    return nlp


def _start_from(spacy_model: str | Language) -> Language:
    """The pipeline that ours begins with: a copy of one, an installed one, or a blank one."""
    if not isinstance(spacy_model, str):
        # A copy, as our components would else be added to the user's own pipeline.
        copy = spacy.util.load_model_from_config(spacy_model.config, vocab=spacy_model.vocab)
        return copy.from_bytes(spacy_model.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    return spacy.load(spacy_model) if spacy_model else spacy.blank("en")


def _add_plugin(nlp: Language, name: str, factory: Any) -> None:
    """Add another package's component, registered under the name of its entry point."""
    if not Language.has_factory(name):
        raise ConfigError(
            f"the plugin '{name}' in {COMPONENT_GROUP} registers no spaCy factory of that name; "
            f"decorate {getattr(factory, '__name__', factory)} with @Language.factory('{name}')"
        )
    nlp.add_pipe(name)
