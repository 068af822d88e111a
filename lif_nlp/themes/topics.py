"""Themes as the topics of a fitted BERTopic, so that all its tables and pictures can be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lif_nlp.errors import LifError
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Finding, Theme, ThemeSet
from lif_nlp.themes.corpus import sort_corpus
from lif_nlp.themes.discovery.emergent import corpus_vocabulary
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.topic_model import Encode, fit_bertopic

if TYPE_CHECKING:
    from bertopic import BERTopic

NO_THEME = "No theme"
"""Label of BERTopic's topic -1: findings without a theme."""


@dataclass(frozen=True, eq=False)
class FittedTopics:
    """A BERTopic whose topics are themes, with its documents in order.

    Parameters
    ----------
    model
        Fitted to the texts of `findings`; its custom labels are the names of the themes.
    findings
        The documents, by ascending id.
    themes
        The theme of each document, None for topic -1.
    """

    model: BERTopic
    findings: tuple[Finding, ...]
    themes: tuple[Theme | None, ...]


def fit_topics(
    theme_set: ThemeSet,
    shown: Sequence[Theme],
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    encode: Encode | None = None,
) -> FittedTopics:
    """A BERTopic over the findings about practice, with the shown themes as its topics.

    This is BERTopic's manual topic modelling: themes are not sought again.  A finding has one
    topic: of its shown themes the one with the highest confidence, one that a person gave it
    before others, and a sub-theme before the whole.  Representative documents of a topic are
    the theme's exemplars.

    Parameters
    ----------
    theme_set
        Themes and assignments of `findings`.
    shown
        Themes of the set that become topics.
    findings, vectors
        All findings that count, in any order, and their vectors, shape (n, d).
    framework
        Whose words are not taken for names of people or places.
    encode
        Texts to vectors, so that the model can place new texts.

    Raises
    ------
    LifError
        When no finding belongs to a shown theme.
    """
    corpus = sort_corpus(findings, vectors)
    theme_of = _main_themes(theme_set.assignments, shown)
    # Facts of the case without a theme would swamp topic -1.
    about_practice = {a.finding_id for a in theme_set.assignments} | set(theme_set.unassigned)
    documents = corpus.take(
        row for row, f in enumerate(corpus.findings) if f.finding_id in about_practice
    )
    themes = tuple(theme_of.get(f.finding_id) for f in documents.findings)
    number = {theme.theme_id: place for place, theme in enumerate(shown)}
    labels = [number[theme.theme_id] if theme else -1 for theme in themes]
    model = None
    if max(labels, default=-1) >= 0:
        model = fit_bertopic(
            [f.text for f in documents.findings],
            documents.vectors,
            partial(phrases, vocabulary=corpus_vocabulary(corpus, framework)),
            labels=np.array(labels, dtype=np.intp),
            encode=encode,
            complete=True,
        )
    if model is None:
        raise LifError(
            "there are no themes to make topics of; add more reports, or pass shown_only=False "
            "for unstable themes"
        )
    _describe(model, themes, {f.finding_id: f.text for f in corpus.findings})
    return FittedTopics(model, documents.findings, themes)


def _main_themes(assignments: Sequence[Assignment], shown: Sequence[Theme]) -> dict[str, Theme]:
    """The theme that stands for each finding, by its id."""
    place = {theme.theme_id: n for n, theme in enumerate(shown)}

    def rank(a: Assignment) -> tuple[float, bool, bool, int]:
        is_sub = shown[place[a.theme_id]].kind == "sub"
        return a.confidence, a.by == "person", is_sub, -place[a.theme_id]

    main: dict[str, Assignment] = {}
    for a in assignments:
        if a.theme_id in place and (a.finding_id not in main or rank(a) > rank(main[a.finding_id])):
            main[a.finding_id] = a
    return {finding_id: shown[place[a.theme_id]] for finding_id, a in main.items()}


def _describe(model: BERTopic, themes: Sequence[Theme | None], texts: dict[str, str]) -> None:
    """Give the topics the themes' names and exemplars."""
    # BERTopic has renumbered the topics by size.
    theme_of_topic = dict(zip(model.topics_, themes, strict=True))
    model.set_topic_labels({t: x.name if x else NO_THEME for t, x in theme_of_topic.items()})
    exemplars = {
        topic: [texts[e] for e in theme.exemplars if e in texts]
        for topic, theme in theme_of_topic.items()
        if theme
    }
    model.representative_docs_ |= {topic: quotes for topic, quotes in exemplars.items() if quotes}
