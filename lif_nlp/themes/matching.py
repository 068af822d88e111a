"""Themes sought anew keep the ids of those before, and what changed is logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.records import Theme, ThemeChange, ThemeSet
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.discovery.emergent import Found, members_of
from lif_nlp.themes.known import as_centroid

_SAME_FROM = 0.3
"""Least likeness (shared findings, or nearness of centroids) of one theme over two builds."""

_NEAR_FROM = 0.9

# More than all other pairs together can gain: an id is never given to two.
_THE_SAME = 1e6


def only(previous: ThemeSet, theme_ids: Collection[str]) -> ThemeSet:
    """`previous` with no other themes than these."""
    return replace(
        previous,
        themes=tuple(t for t in previous.themes if t.theme_id in theme_ids),
        assignments=tuple(a for a in previous.assignments if a.theme_id in theme_ids),
    )


def without(previous: ThemeSet, theme_ids: Collection[str]) -> ThemeSet:
    """`previous` without these themes."""
    return only(previous, {t.theme_id for t in previous.themes} - set(theme_ids))


def fill_in(themes: ThemeSet, corpus: Corpus) -> ThemeSet:
    """`themes` with a centroid for those that a person made, from their findings."""
    place = {f.finding_id: row for row, f in enumerate(corpus.findings)}
    members = members_of(themes.assignments)
    filled = []
    for theme in themes.themes:
        rows = sorted(place[f] for f in members.get(theme.theme_id, ()) if f in place)
        if rows and not theme.centroid:
            centroid = as_centroid(unit_mean(corpus.vectors[rows]).tolist())
            theme = replace(theme, centroid=centroid)  # noqa: PLW2901
        filled.append(theme)
    return replace(themes, themes=tuple(filled))


def keep_ids(previous: ThemeSet, found: Found) -> Found:
    """`found` with the ids, names and status of the old themes it matches.

    Themes are matched one to one, as well as can be over all, by the findings they
    share or, where findings were replaced, by their centroids.  An emergent theme keeps
    its name; that of a sub-theme goes with its phrase.
    """
    old = [t for t in previous.themes if t.kind != "known"]
    pairs = _match(
        old, found.themes, members_of(previous.assignments), members_of(found.assignments)
    )
    new_id = {now.theme_id: before.theme_id for before, now in pairs}
    before_of = {now.theme_id: before for before, now in pairs}
    themes = tuple(
        replace(t, theme_id=b.theme_id, name=t.name if t.parent else b.name, status=b.status)
        if (b := before_of.get(t.theme_id))
        else t
        for t in found.themes
    )
    assignments = tuple(
        replace(a, theme_id=new_id.get(a.theme_id, a.theme_id)) for a in found.assignments
    )
    floors = {new_id.get(k, k): floor for k, floor in found.floors.items()}
    phrases = {new_id.get(k, k): said for k, said in found.phrases.items()}
    return Found(_unlike(themes), assignments, floors, phrases)


def _unlike(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Themes whose names differ: a second one of a name takes its id along."""
    seen: Counter[str] = Counter()
    unlike = []
    for theme in themes:
        seen[theme.name] += 1
        again = seen[theme.name] > 1
        unlike.append(replace(theme, name=f"{theme.name} ({theme.theme_id})") if again else theme)
    return tuple(unlike)


def _match(
    old: Sequence[Theme],
    new: Sequence[Theme],
    before: Mapping[str, set[str]],
    now: Mapping[str, set[str]],
) -> list[tuple[Theme, Theme]]:
    """Pairs of an old and a new theme that are the same, best pairing over all."""
    from scipy.optimize import linear_sum_assignment

    if not old or not new:
        return []
    likeness = np.zeros((len(old), len(new)))
    for i, theme in enumerate(old):
        for j, other in enumerate(new):
            if (theme.kind, theme.parent) == (other.kind, other.parent):
                likeness[i, j] = _likeness(theme, other, before, now)
    rows, columns = linear_sum_assignment(-likeness)
    return [
        (old[i], new[j]) for i, j in zip(rows, columns, strict=True) if likeness[i, j] >= _SAME_FROM
    ]


def _likeness(
    old: Theme, new: Theme, before: Mapping[str, set[str]], now: Mapping[str, set[str]]
) -> float:
    if old.theme_id == new.theme_id:
        return _THE_SAME
    mine, theirs = before.get(old.theme_id, set()), now.get(new.theme_id, set())
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if len(old.centroid) != len(new.centroid):
        return shared
    cosine = float(np.dot(old.centroid, new.centroid))
    return max(shared, cosine if cosine >= _NEAR_FROM else 0.0)


def drift(previous: ThemeSet, found: Found) -> tuple[ThemeChange, ...]:
    """What changed since `previous`, one entry per found theme that is not as it was.

    `change` is "kept", "new" or "gone"; `joined` and `left` count findings.
    """
    before, now = members_of(previous.assignments), members_of(found.assignments)
    old = {t.theme_id for t in previous.themes if t.kind != "known"}
    ids = {t.theme_id for t in found.themes}
    changes = []
    for theme_id in sorted(old | ids):
        mine, theirs = before.get(theme_id, set()), now.get(theme_id, set())
        change = "gone" if theme_id not in ids else "kept" if theme_id in old else "new"
        if change != "kept" or mine != theirs:
            joined, left = len(theirs - mine), len(mine - theirs)
            changes.append(ThemeChange(theme_id, change, joined, left))
    return tuple(changes)
