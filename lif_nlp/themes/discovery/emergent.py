"""Themes that were found beyond the codes: groups in what the codes leave unexplained."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Theme
from lif_nlp.themes.corpus import Corpus, sample_rows
from lif_nlp.themes.discovery.groups import Group, Limits, find_groups, nearest
from lif_nlp.themes.discovery.naming import name_of, restore_capitals
from lif_nlp.themes.discovery.vocabulary import Vocabulary, learn_vocabulary
from lif_nlp.themes.known import as_centroid

FEWEST_FINDINGS = 40
"""Below this many unexplained findings nothing is clustered."""

_FEWEST_IN_THEME = 5
_CLOSE = 1.5

# A tree over 6000 findings takes about a minute and 600 MB.
_DRAWN = 6000
_READ_FOR_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Themes, what belongs to them, and how more findings join.

    `floors` gives the least cosine to the centroid, `phrases` the folded phrases of
    which a finding carries one, where a theme is led by phrases.
    """

    themes: tuple[Theme, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    floors: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def emergent_themes(
    pool: Corpus,
    framework: Framework,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
) -> Found:
    """Themes among the findings that no code explains; none below the floor of 40.

    A group that only says the name of a priority is not a new theme: the priority
    has briefs of its own.
    """
    if len(pool) < FEWEST_FINDINGS:
        return Found()
    groups = find_groups(pool, _limits(pool), vocabulary=vocabulary, published=published)
    said = [word for p in framework.priorities for word in p.name.lower().split()]
    return _as_themes(pool, groups, vocabulary, said)


def join(parts: Sequence[Found]) -> Found:
    """Several findings of themes as one."""
    return Found(
        tuple(theme for part in parts for theme in part.themes),
        tuple(a for part in parts for a in part.assignments),
        {key: floor for part in parts for key, floor in part.floors.items()},
        {key: said for part in parts for key, said in part.phrases.items()},
    )


def members_of(assignments: Iterable[Assignment]) -> dict[str, set[str]]:
    """Ids of the findings of each theme."""
    members: dict[str, set[str]] = {}
    for a in assignments:
        members.setdefault(a.theme_id, set()).add(a.finding_id)
    return members


def corpus_vocabulary(corpus: Corpus, framework: Framework) -> Vocabulary:
    """What a corpus tells of its words; those of the framework are no names."""
    said = [w for t in framework.themes for w in (t.definition, *t.phrases)]
    said += [w for p in framework.priorities for w in p.phrases]
    said += [w for a in framework.agencies for w in (*a.names, *a.roles)]
    # Only words in small letters: agencies bear the names of places.
    own = frozenset(w for phrase in said for w in phrase.split() if w == w.lower())
    read = corpus.take(sample_rows(corpus, _READ_FOR_WORDS).tolist())
    return learn_vocabulary((f.text for f in read.findings), own)


def _limits(pool: Corpus) -> Limits:
    reports = len({f.doc_id for f in pool.findings})
    clustered = min(len(pool), _DRAWN)
    return Limits(
        smallest=max(_FEWEST_IN_THEME, round(0.004 * clustered)),
        largest=max(min(60, clustered // 3), round(0.08 * clustered)),
        reports=3 if reports >= 10 else min(2, reports),
        drawn=_DRAWN,
        closeness=_CLOSE,
    )


def _as_themes(
    pool: Corpus, groups: Sequence[Group], vocabulary: Vocabulary, said: Collection[str]
) -> Found:
    names: dict[str, Group] = {}
    for group in groups:
        name = restore_capitals(
            name_of(group.candidates, taken=names, said=said), vocabulary.written
        )
        # What cannot be told apart by a name from a larger theme is no theme to a reader.
        if name:
            names[name] = group
    ids = {name: found_id("emergent", "", group.exemplars) for name, group in names.items()}
    themes = tuple(
        Theme(
            theme_id=ids[name],
            name=name,
            kind="emergent",
            terms=group.terms,
            exemplars=group.exemplars,
            stability=group.stability,
            centroid=as_centroid(group.centroid.tolist()),
        )
        for name, group in names.items()
    )
    floors = {ids[name]: round(group.floor, 4) for name, group in names.items()}
    return Found(themes, _assign(pool, list(names.values()), list(ids.values())), floors)


def found_id(kind: str, parent: str, typical: Sequence[str]) -> str:
    """Id of a found theme, from its kind, parent and what is most typical of it."""
    content = "|".join([kind, parent, *sorted(typical)])
    return f"{kind[0]}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def _assign(pool: Corpus, groups: Sequence[Group], ids: Sequence[str]) -> tuple[Assignment, ...]:
    """Members belong to their group; the rest to the nearest one, above its floor."""
    if not groups:
        return ()
    centroids: Vectors = np.stack([g.centroid for g in groups])
    own = {row: place for place, g in enumerate(groups) for row in g.rows}
    near = nearest(pool.vectors, centroids, [g.floor for g in groups])
    found = []
    for row, (place, cosine) in enumerate(near):
        chosen = own.get(row, place)
        if chosen >= 0:
            value = float(pool.vectors[row] @ centroids[chosen]) if row in own else cosine
            confidence = round(min(1.0, max(0.0, value)), 4)
            found.append(Assignment(pool.findings[row].finding_id, ids[chosen], confidence))
    return tuple(found)
