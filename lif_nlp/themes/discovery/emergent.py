"""Emergent themes: groups that recur among the findings that no known theme explains."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Theme
from lif_nlp.themes.corpus import Corpus, sample_rows
from lif_nlp.themes.discovery.clusterer import nearest
from lif_nlp.themes.discovery.groups import Group, find_groups
from lif_nlp.themes.discovery.naming import name_of, restore_capitals
from lif_nlp.themes.discovery.topic_model import CustomModels
from lif_nlp.themes.discovery.vocabulary import Vocabulary, learn_vocabulary
from lif_nlp.themes.known import as_centroid
from lif_nlp.themes.thresholds import CLUSTERING, MEMBERSHIP, VOCABULARY

if TYPE_CHECKING:
    from bertopic import BERTopic


@dataclass(frozen=True, slots=True)
class DiscoveredThemes:
    """Themes, the findings assigned to them, and how more findings join.

    `floors` gives the least cosine to the centroid of a theme, `phrases` the folded
    phrases of a theme led by phrases, one of which a finding must contain.  `topic_model`
    is the BERTopic that found the emergent themes, if any were sought.
    """

    themes: tuple[Theme, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    floors: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topic_model: BERTopic | None = field(default=None, compare=False, repr=False)


def emergent_themes(
    pool: Corpus,
    framework: Framework,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
    custom: CustomModels | None = None,
) -> DiscoveredThemes:
    """Themes among the findings of `pool`, none if it has fewer than `CLUSTERING.min_findings`.

    A group that only repeats the name of a priority is not a new theme: the priority
    has briefs of its own.

    Parameters
    ----------
    pool
        Findings that no known theme explains.
    framework
        Whose priorities are no news.
    vocabulary
        What the whole corpus says about its words.
    published
        ISO date of each document.
    custom
        A user's own cluster model, in place of ours.
    """
    if len(pool) < CLUSTERING.min_findings:
        return DiscoveredThemes()
    groups, model = find_groups(pool, vocabulary=vocabulary, published=published, custom=custom)
    groups_by_name = _named(groups, framework, vocabulary)
    if model is not None:
        model.set_topic_labels({group.topic: name for name, group in groups_by_name.items()})
    ids = {n: found_id("emergent", "", g.exemplars) for n, g in groups_by_name.items()}
    decimals = MEMBERSHIP.cosine_decimals
    return DiscoveredThemes(
        themes=tuple(_as_theme(ids[n], n, group) for n, group in groups_by_name.items()),
        assignments=_assign(pool, list(groups_by_name.values()), list(ids.values())),
        floors={ids[n]: round(group.floor, decimals) for n, group in groups_by_name.items()},
        topic_model=model,
    )


def join(parts: Sequence[DiscoveredThemes]) -> DiscoveredThemes:
    """Several sets of discovered themes as one."""
    models = [part.topic_model for part in parts if part.topic_model is not None]
    return DiscoveredThemes(
        tuple(theme for part in parts for theme in part.themes),
        tuple(a for part in parts for a in part.assignments),
        {key: floor for part in parts for key, floor in part.floors.items()},
        {key: folded for part in parts for key, folded in part.phrases.items()},
        models[0] if models else None,
    )


def members_of(assignments: Iterable[Assignment]) -> dict[str, set[str]]:
    """Ids of the findings of each theme."""
    members: dict[str, set[str]] = {}
    for a in assignments:
        members.setdefault(a.theme_id, set()).add(a.finding_id)
    return members


def corpus_vocabulary(corpus: Corpus, framework: Framework) -> Vocabulary:
    """What a corpus says about its words; those of the framework are not taken for names."""
    phrases = [w for t in framework.themes for w in (t.definition, *t.phrases)]
    phrases += [w for p in framework.priorities for w in p.phrases]
    phrases += [w for a in framework.agencies for w in (*a.names, *a.roles)]
    # Only words in lower case: agencies bear the names of places.
    own_words = frozenset(w for phrase in phrases for w in phrase.split() if w == w.lower())
    sample = corpus.take(sample_rows(corpus, VOCABULARY.max_findings).tolist())
    return learn_vocabulary((f.text for f in sample.findings), own_words)


def found_id(kind: str, parent: str, typical: Sequence[str]) -> str:
    """Id of a discovered theme, from its kind, its parent and what is most typical of it."""
    # The exemplars stand for the theme: found again with the same ones, it has the same id.
    content = "|".join([kind, parent, *sorted(typical)])
    return f"{kind[0]}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def _named(
    groups: Sequence[Group], framework: Framework, vocabulary: Vocabulary
) -> dict[str, Group]:
    """The groups by name; one that no name distinguishes from a larger one is left out."""
    priority_words = [word for p in framework.priorities for word in p.name.lower().split()]
    names: dict[str, Group] = {}
    for group in groups:
        name = name_of(group.candidates, taken=names, known_words=priority_words)
        if name:
            # Capitals come last: two names that differ only in them are one.
            names[restore_capitals(name, vocabulary.written)] = group
    return names


def _as_theme(theme_id: str, name: str, group: Group) -> Theme:
    return Theme(
        theme_id=theme_id,
        name=name,
        kind="emergent",
        terms=group.terms,
        exemplars=group.exemplars,
        stability=group.stability,
        centroid=as_centroid(group.centroid.tolist()),
    )


def _assign(pool: Corpus, groups: Sequence[Group], ids: Sequence[str]) -> tuple[Assignment, ...]:
    """Members belong to their group; the others to the nearest one, above its floor."""
    if not groups:
        return ()
    centroids: Vectors = np.stack([g.centroid for g in groups])
    own_group = {row: place for place, g in enumerate(groups) for row in g.rows}
    neighbours = nearest(pool.vectors, centroids, [g.floor for g in groups])
    assignments = []
    for row, (neighbour, cosine) in enumerate(neighbours):
        place = own_group.get(row, neighbour)
        if place < 0:
            continue
        value = float(pool.vectors[row] @ centroids[place]) if row in own_group else cosine
        confidence = round(min(1.0, max(0.0, value)), MEMBERSHIP.cosine_decimals)
        assignments.append(Assignment(pool.findings[row].finding_id, ids[place], confidence))
    return tuple(assignments)
