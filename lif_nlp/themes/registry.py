"""Themes keep their ids: a set carries on from the one before, and says what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.themes.cluster import nearest
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.edits import edit_log
from lif_nlp.themes.found import Found
from lif_nlp.themes.known import as_centroid, rows_by_code, spoken_for, strength
from lif_nlp.themes.wording import carried

GROWTH = 0.25
"""Share of new unexplained findings up to which old themes are kept and not sought anew."""

_SAME_FROM = 0.3
"""Least likeness (shared findings, or nearness of centroids) of one theme over two builds."""

_NEAR_FROM = 0.9

# More than all other pairs together can gain: an id is never given to two.
_THE_SAME = 1e6


def can_grow(previous: ThemeSet | None, pool: Corpus, settings: Mapping[str, object]) -> bool:
    """Whether `previous` was built alike and only few findings are new since."""
    if previous is None or any(previous.settings.get(k) != v for k, v in settings.items()):
        return False
    seen = {a.finding_id for a in previous.assignments} | set(previous.unassigned)
    new = sum(f.finding_id not in seen for f in pool.findings)
    clustered = previous.settings.get("clustered", 0)
    return isinstance(clustered, int) and clustered > 0 and new <= GROWTH * clustered


def grow(previous: ThemeSet, corpus: Corpus, pool: Corpus) -> Found:
    """The found themes of `previous` over the findings there are now.

    A finding seen before stays where it was; a new one joins the sub-themes whose
    phrases it carries, and otherwise the nearest theme, if it is as near as that
    theme's own findings are, or waits unassigned.
    """
    themes = [t for t in previous.themes if t.kind != "known"]
    floors, phrases = _floors(previous), _phrases(previous)
    before = {a.finding_id for a in previous.assignments} | set(previous.unassigned)
    kept = _still_true(previous, corpus, {t.theme_id for t in themes})
    joined: list[Assignment] = []
    new = [row for row, f in enumerate(pool.findings) if f.finding_id not in before]
    joined += _join_new(pool, new, [t for t in themes if t.kind == "emergent"], floors)
    by_code = rows_by_code(corpus)
    for code in sorted({t.parent for t in themes if t.kind == "sub"}):
        rows = [
            row for row in by_code.get(code, ()) if corpus.findings[row].finding_id not in before
        ]
        subs = [t for t in themes if t.parent == code]
        led = [t for t in subs if t.theme_id in phrases]
        joined += _join_by_phrase(corpus, code, rows, led, phrases)
        joined += _join_new(corpus, rows, [t for t in subs if t not in led], floors)
    assignments = (*kept, *joined)
    alive = {a.theme_id for a in assignments}
    return Found(
        tuple(t for t in themes if t.theme_id in alive or t.status != "proposed"),
        assignments,
        floors,
        phrases,
    )


def _floors(previous: ThemeSet) -> dict[str, float]:
    stored = previous.settings.get("floors", {})
    return {str(k): float(v) for k, v in stored.items()} if isinstance(stored, Mapping) else {}


def _phrases(previous: ThemeSet) -> dict[str, tuple[str, ...]]:
    """The phrases that lead each theme; a theme that a person merged hands its own on."""
    stored = previous.settings.get("phrases", {})
    led = {str(k): tuple(v) for k, v in stored.items()} if isinstance(stored, Mapping) else {}
    for edit in edit_log(previous):
        if edit.action == "merge" and edit.value in led:
            led[edit.value] = (*led[edit.value], *led.pop(edit.theme_id, ()))
    return led


def _still_true(previous: ThemeSet, corpus: Corpus, theme_ids: set[str]) -> tuple[Assignment, ...]:
    """Old assignments that hold: a person's, and a machine's while the codes allow it."""
    findings = {f.finding_id: f for f in corpus.findings}
    parents = {t.theme_id: t.parent for t in previous.themes}
    kept = []
    for a in previous.assignments:
        finding = findings.get(a.finding_id)
        if finding is None or a.theme_id not in parents:
            continue
        parent = parents[a.theme_id]
        codes = spoken_for(finding)
        fits = parent in codes if parent else not codes
        if a.by == "person" or (a.theme_id in theme_ids and fits):
            kept.append(a)
    return tuple(kept)


def _join_by_phrase(
    corpus: Corpus,
    code: str,
    rows: Sequence[int],
    themes: Sequence[Theme],
    phrases: Mapping[str, tuple[str, ...]],
) -> list[Assignment]:
    """New findings of one known theme in its sub-themes: each whose phrase they carry."""
    wanted = {said: place for place, t in enumerate(themes) for said in phrases[t.theme_id]}
    return [
        Assignment(finding.finding_id, themes[place].theme_id, strength(finding, code))
        for finding in (corpus.findings[row] for row in rows)
        for place in sorted(carried(finding.text, wanted))
    ]


def _join_new(
    corpus: Corpus, rows: Sequence[int], themes: Sequence[Theme], floors: Mapping[str, float]
) -> list[Assignment]:
    themes = [t for t in themes if t.centroid]
    if not rows or not themes:
        return []
    centroids: Vectors = np.array([t.centroid for t in themes], dtype=np.float32)
    # A theme made by a person has no floor of its own: only what is very near joins it.
    limits = [floors.get(t.theme_id, _NEAR_FROM) for t in themes]
    near = nearest(corpus.vectors[list(rows)], centroids, limits)
    return [
        Assignment(corpus.findings[row].finding_id, themes[place].theme_id, round(cosine, 4))
        for row, (place, cosine) in zip(rows, near, strict=True)
        if place >= 0
    ]


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
    members = _members(themes.assignments)
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
    pairs = _match(old, found.themes, _members(previous.assignments), _members(found.assignments))
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


def _members(assignments: Sequence[Assignment]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for a in assignments:
        members.setdefault(a.theme_id, set()).add(a.finding_id)
    return members


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


def drift(previous: ThemeSet, found: Found) -> tuple[dict[str, object], ...]:
    """What changed since `previous`, one entry per found theme that is not as it was.

    `what` is "kept", "new" or "gone"; `joined` and `left` count findings.
    """
    before, now = _members(previous.assignments), _members(found.assignments)
    old = {t.theme_id for t in previous.themes if t.kind != "known"}
    ids = {t.theme_id for t in found.themes}
    log = []
    for theme_id in sorted(old | ids):
        mine, theirs = before.get(theme_id, set()), now.get(theme_id, set())
        what = "kept" if theme_id in old and theme_id in ids else "new"
        what = "gone" if theme_id not in ids else what
        if what != "kept" or mine != theirs:
            joined, left = len(theirs - mine), len(mine - theirs)
            log.append({"theme_id": theme_id, "what": what, "joined": joined, "left": left})
    return tuple(log)
