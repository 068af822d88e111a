"""Themes of one build matched with those of the build before, so that ids last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.records import Theme, ThemeChange, ThemeSet
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.discovery.emergent import DiscoveredThemes, members_of
from lif_nlp.themes.known import as_centroid
from lif_nlp.themes.thresholds import MATCHING

Members = Mapping[str, set[str]]
"""Ids of the findings of each theme."""


def select(theme_set: ThemeSet, theme_ids: Collection[str]) -> ThemeSet:
    """The set with these themes only, and their assignments."""
    return replace(
        theme_set,
        themes=tuple(t for t in theme_set.themes if t.theme_id in theme_ids),
        assignments=tuple(a for a in theme_set.assignments if a.theme_id in theme_ids),
    )


def exclude(theme_set: ThemeSet, theme_ids: Collection[str]) -> ThemeSet:
    """The set without these themes and their assignments."""
    return select(theme_set, {t.theme_id for t in theme_set.themes} - set(theme_ids))


def fill_centroids(theme_set: ThemeSet, corpus: Corpus) -> ThemeSet:
    """The set with a centroid for each theme that has findings and no centroid yet.

    Those are the themes that people made.
    """
    row_of = {f.finding_id: row for row, f in enumerate(corpus.findings)}
    members = members_of(theme_set.assignments)
    themes = []
    for theme in theme_set.themes:
        rows = sorted(row_of[f] for f in members.get(theme.theme_id, ()) if f in row_of)
        centroid = theme.centroid
        if rows and not centroid:
            centroid = as_centroid(unit_mean(corpus.vectors[rows]).tolist())
        themes.append(replace(theme, centroid=centroid))
    return replace(theme_set, themes=tuple(themes))


def carry_over_ids(previous: ThemeSet, discovered: DiscoveredThemes) -> DiscoveredThemes:
    """`discovered` with the ids, names and status of the earlier themes that it matches.

    Themes are paired one to one, for the best sum over all pairs, by the findings they share
    or, where findings were replaced, by their centroids.  An emergent theme keeps its name;
    the name of a sub-theme comes from its phrase.
    """
    earlier_themes = [t for t in previous.themes if t.kind != "known"]
    pairs = _pair(
        earlier_themes,
        discovered.themes,
        members_of(previous.assignments),
        members_of(discovered.assignments),
    )
    earlier_of = {theme.theme_id: earlier for earlier, theme in pairs}
    new_id = {theme_id: earlier.theme_id for theme_id, earlier in earlier_of.items()}
    themes = []
    for theme in discovered.themes:
        earlier = earlier_of.get(theme.theme_id)
        if earlier is not None:
            name = theme.name if theme.parent else earlier.name
            theme = replace(  # noqa: PLW2901
                theme, theme_id=earlier.theme_id, name=name, status=earlier.status
            )
        themes.append(theme)
    return replace(
        discovered,
        themes=_with_unique_names(themes),
        assignments=tuple(
            replace(a, theme_id=new_id.get(a.theme_id, a.theme_id)) for a in discovered.assignments
        ),
        floors={new_id.get(i, i): floor for i, floor in discovered.floors.items()},
        phrases={new_id.get(i, i): folded for i, folded in discovered.phrases.items()},
    )


def drop_duplicates_of(shaped: DiscoveredThemes, discovered: DiscoveredThemes) -> DiscoveredThemes:
    """`discovered` without the themes that are among `shaped`; their findings go there.

    A theme is a duplicate when its id is, or when more than half of its findings belong to
    one shaped theme of the same kind and parent.

    Parameters
    ----------
    shaped
        Themes that people decided about, which stay.
    discovered
        Themes of a new search.
    """
    original_of = _duplicates(shaped, discovered)
    return replace(
        discovered,
        themes=tuple(t for t in discovered.themes if t.theme_id not in original_of),
        assignments=tuple(
            replace(a, theme_id=original_of.get(a.theme_id, a.theme_id))
            for a in discovered.assignments
        ),
    )


def changes_since(previous: ThemeSet, discovered: DiscoveredThemes) -> tuple[ThemeChange, ...]:
    """What changed since `previous`, one entry per discovered theme that is not as it was.

    `change` is "kept", "new" or "gone"; `joined` and `left` count findings.
    """
    earlier_members = members_of(previous.assignments)
    current_members = members_of(discovered.assignments)
    earlier_ids = {t.theme_id for t in previous.themes if t.kind != "known"}
    current_ids = {t.theme_id for t in discovered.themes}
    changes = []
    for theme_id in sorted(earlier_ids | current_ids):
        earlier = earlier_members.get(theme_id, set())
        current = current_members.get(theme_id, set())
        if theme_id not in current_ids:
            change = "gone"
        else:
            change = "kept" if theme_id in earlier_ids else "new"
        if change != "kept" or earlier != current:
            joined, left = len(current - earlier), len(earlier - current)
            changes.append(ThemeChange(theme_id, change, joined, left))
    return tuple(changes)


def _pair(
    earlier_themes: Sequence[Theme],
    themes: Sequence[Theme],
    earlier_members: Members,
    members: Members,
) -> list[tuple[Theme, Theme]]:
    """Pairs of an earlier and a current theme that are the same, by the best overall pairing."""
    from scipy.optimize import linear_sum_assignment

    if not earlier_themes or not themes:
        return []
    likeness = np.zeros((len(earlier_themes), len(themes)))
    for i, earlier in enumerate(earlier_themes):
        for j, theme in enumerate(themes):
            # A part of one theme never becomes a part of another under the same id.
            if (earlier.kind, earlier.parent) == (theme.kind, theme.parent):
                likeness[i, j] = _likeness(earlier, theme, earlier_members, members)
    # The function minimises, hence the sign.
    rows, columns = linear_sum_assignment(-likeness)
    return [
        (earlier_themes[i], themes[j])
        for i, j in zip(rows, columns, strict=True)
        if likeness[i, j] >= MATCHING.min_likeness
    ]


def _likeness(earlier: Theme, theme: Theme, earlier_members: Members, members: Members) -> float:
    if earlier.theme_id == theme.theme_id:
        return MATCHING.same_id
    findings = members.get(theme.theme_id, set())
    earlier_findings = earlier_members.get(earlier.theme_id, set())
    # Of the smaller: a theme that doubled is still the same one.
    smaller = max(1, min(len(earlier_findings), len(findings)))
    overlap = len(earlier_findings & findings) / smaller
    # Built with another encoder, or made by a person.
    if len(earlier.centroid) != len(theme.centroid):
        return overlap
    cosine = float(np.dot(earlier.centroid, theme.centroid))
    return max(overlap, cosine if cosine >= MATCHING.near_centroids else 0.0)


def _with_unique_names(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Themes whose names differ: the id is added to a name that occurs before."""
    uses: Counter[str] = Counter()
    unique = []
    for theme in themes:
        uses[theme.name] += 1
        name = theme.name if uses[theme.name] == 1 else f"{theme.name} ({theme.theme_id})"
        unique.append(replace(theme, name=name))
    return tuple(unique)


def _duplicates(shaped: DiscoveredThemes, discovered: DiscoveredThemes) -> dict[str, str]:
    """The shaped theme that a discovered one duplicates, by the id of the discovered one."""
    place_of = {t.theme_id: (t.kind, t.parent) for t in shaped.themes}
    shaped_themes_of: dict[str, list[str]] = {}
    for a in shaped.assignments:
        shaped_themes_of.setdefault(a.finding_id, []).append(a.theme_id)
    members = members_of(discovered.assignments)
    original_of = {}
    for theme in discovered.themes:
        findings = sorted(members.get(theme.theme_id, ()))
        counts: Counter[str] = Counter(
            theme_id
            for finding_id in findings
            for theme_id in shaped_themes_of.get(finding_id, ())
            if place_of.get(theme_id) == (theme.kind, theme.parent)
        )
        original, common = max(counts.items(), key=lambda item: item[1], default=("", 0))
        if theme.theme_id in place_of:
            original_of[theme.theme_id] = theme.theme_id
        elif 2 * common > len(findings):
            original_of[theme.theme_id] = original
    return original_of
