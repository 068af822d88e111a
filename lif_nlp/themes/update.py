"""A theme set grows: new findings join the themes that are there, and none is sought anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.text.phrase_matching import PhraseMatcher
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.discovery.clusterer import nearest
from lif_nlp.themes.discovery.emergent import Found
from lif_nlp.themes.known import confidence, rows_by_code, spoken_for

GROWTH = 0.25
"""Share of new unexplained findings up to which old themes are kept and not sought anew."""

_VERY_NEAR = 0.9


def can_grow(previous: ThemeSet, pool: Corpus, *, method: str, dim: int) -> bool:
    """Whether `previous` was built alike and only few findings are new since."""
    if (previous.method, previous.dim) != (method, dim):
        return False
    seen = {a.finding_id for a in previous.assignments} | set(previous.unassigned)
    new = sum(f.finding_id not in seen for f in pool.findings)
    return previous.clustered > 0 and new <= GROWTH * previous.clustered


def grow(previous: ThemeSet, corpus: Corpus, pool: Corpus, shaped: Collection[str] = ()) -> Found:
    """The found themes of `previous` over the findings there are now.

    A finding seen before stays where it was; a new one joins the sub-themes whose
    phrases it carries, and otherwise the nearest theme, if it is as near as that
    theme's own findings are, or waits unassigned.  A theme that lost all its findings
    goes, unless its id is in `shaped`: people decided something about it.
    """
    themes = [t for t in previous.themes if t.kind != "known"]
    floors, phrases = previous.floors, previous.phrases
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
        tuple(
            t
            for t in themes
            if t.theme_id in alive or t.theme_id in shaped or t.status != "proposed"
        ),
        assignments,
        floors,
        phrases,
    )


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
    matcher = PhraseMatcher(
        {place: phrases[t.theme_id] for place, t in enumerate(themes)}, for_themes=True
    )
    return [
        Assignment(finding.finding_id, themes[place].theme_id, confidence(finding, code))
        for finding in (corpus.findings[row] for row in rows)
        for place in sorted(matcher.labels_in(finding.text))
    ]


def _join_new(
    corpus: Corpus, rows: Sequence[int], themes: Sequence[Theme], floors: Mapping[str, float]
) -> list[Assignment]:
    themes = [t for t in themes if t.centroid]
    if not rows or not themes:
        return []
    centroids: Vectors = np.array([t.centroid for t in themes], dtype=np.float32)
    # A theme made by a person has no floor of its own: only what is very near joins it.
    limits = [floors.get(t.theme_id, _VERY_NEAR) for t in themes]
    near = nearest(corpus.vectors[list(rows)], centroids, limits)
    return [
        Assignment(corpus.findings[row].finding_id, themes[place].theme_id, round(cosine, 4))
        for row, (place, cosine) in zip(rows, near, strict=True)
        if place >= 0
    ]
